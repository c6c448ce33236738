/// A value and those behind it. An array of each type would cost a kilobyte of code.
package final class Linked<Value> {
  package let value: Value
  package var next: Linked<Value>?

  /// Puts a value before others.
  package init(_ value: Value, before next: Linked<Value>? = nil) {
    self.value = value
    self.next = next
  }
}
