/// A linked list: a value and the following ones. An array of each type would cost a kilobyte of code.
package final class Linked<Value> {
  package let value: Value
  package var next: Linked<Value>?

  /// Adds a value before others.
  package init(_ value: Value, before next: Linked<Value>? = nil) {
    self.value = value
    self.next = next
  }
}
