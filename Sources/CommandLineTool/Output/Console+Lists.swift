internal import JSONText

/// Lists of results.
extension Console {
  /// Prints a list: the text of each element, or one JSON array with a line for each.
  func emit(list: some Collection<some Presentable>) throws {
    switch appearance.format {
    case .text:
      for element in list {
        try write { element.write(outputStyle, to: &$0) }
      }
    case .json:
      var separator = "[\n"
      for element in list {
        try write { text in
          text += separator.utf8
          element.json.writeLine(to: &text)
        }
        separator = ",\n"
      }
      try write(list.isEmpty ? "[]\n" : "\n]\n")
    }
  }

  /// Prints an element of a list that is produced step by step; call `endList` after the last.
  func emit(element: some Presentable, isFirst: Bool) throws {
    switch appearance.format {
    case .text: try write { element.write(outputStyle, to: &$0) }
    case .json:
      try write { text in
        text += (isFirst ? "[\n" : ",\n").utf8
        element.json.writeLine(to: &text)
      }
    }
    try flush()
  }

  /// Ends a list that was printed step by step.
  func endList(isEmpty: Bool) throws {
    if appearance.format == .json { try write(isEmpty ? "[]\n" : "\n]\n") }
  }

  /// Prints a list with a special text form: a table.
  func emit(list: some Collection<some Presentable>, text: (Style) -> String) throws {
    switch appearance.format {
    case .text: try write(text(outputStyle))
    case .json: try emit(list: list)
    }
  }

  /// Prints a list whose text form is bytes, such as names that are not UTF-8.
  ///
  /// `write`: Appends an element's bytes.
  func emit<Element: Presentable>(list: [Element], write: (Element, inout [UInt8]) -> Void) throws {
    switch appearance.format {
    case .text:
      for element in list {
        try self.write { write(element, &$0) }
      }
    case .json: try emit(list: list)
    }
  }
}
