extension BinaryDecoder {
  private var encoding: Encoding { levels.last?.encoding ?? .core }
  private var isOutermost: Bool { levels.count == 1 }

  /// Reads a section's id and size and checks its order; false if they are not complete yet.
  mutating func readSectionHeader(_ window: inout ByteReader) throws(ValidationError) -> Bool {
    let levelEnd = levels.last?.end ?? Int.max
    return try attempt(&window, limit: levelEnd) { (decoder, reader) throws(ValidationError) in
      let start = reader.offset
      let code = try reader.byte()
      guard code < 0x80 else { throw reader.malformed("malformed section id", at: start) }
      let size = Int(try reader.u32())
      let contents = reader.offset
      guard size <= levelEnd - contents else {
        throw reader.malformed(
          "section too large: its size of \(size) goes past the enclosing section", at: start + 1)
      }
      decoder.section = Section(code: code, end: contents + size)
      try decoder.openSection(at: start, contents: contents)
    }
  }

  private mutating func openSection(at start: Int, contents: Int) throws(ValidationError) {
    if section.code == 0 {
      section.remaining = 1
      setState(.entries)
      return
    }
    switch encoding {
    case .core:
      guard let kind = CoreSection(rawValue: section.code) else { throw unknownSection(at: start) }
      try module.open(kind, at: start)
      noteSection(kind.name, from: contents)
      openEntries(isCounted: !kind.holdsOneNumber)
    case .component:
      guard let kind = ComponentSection(rawValue: section.code) else { throw unknownSection(at: start) }
      noteSection(kind.name, from: contents)
      if kind == .coreModule || kind == .component {
        try openNested(kind, at: start, contents: contents)
      } else {
        openEntries(isCounted: kind != .start)
      }
    }
  }

  /// Records a section of the outermost module or component for the description.
  private mutating func noteSection(_ name: String, isCustom: Bool = false, from start: Int) {
    guard isOutermost else { return }
    draft.addSection(name, isCustom: isCustom, from: start, to: section.end)
  }

  private mutating func openEntries(isCounted: Bool) {
    section.remaining = isCounted ? 0 : 1
    setState(isCounted ? .count : .entries)
  }

  private mutating func openNested(
    _ kind: ComponentSection, at start: Int, contents: Int
  ) throws(ValidationError) {
    guard section.end - contents <= Limit.nestedModuleSize else {
      throw ValidationError(.limit, at: start + 1, "\(kind.subject) section is too large")
    }
    try component.openNested(at: start)
    setState(.header(expected: kind == .coreModule ? .core : .component, end: section.end))
  }

  private func unknownSection(at start: Int) -> ValidationError {
    ValidationError(.malformed, at: start, "malformed section id: \(section.code)")
  }

  /// Reads the number of entries of the section; false if it is not complete yet.
  mutating func readCount(_ window: inout ByteReader) throws(ValidationError) -> Bool {
    try attempt(&window, limit: section.end) { (decoder, reader) throws(ValidationError) in
      let start = reader.offset
      let count = Int(try reader.u32())
      switch decoder.encoding {
      case .core:
        guard let kind = CoreSection(rawValue: decoder.section.code) else { break }
        try decoder.module.announce(count, in: kind, at: start)
        if kind == .code { decoder.openCode() }
      case .component:
        guard let kind = ComponentSection(rawValue: decoder.section.code) else { break }
        try decoder.component.announce(count, in: kind, at: start)
      }
      if decoder.isOutermost { decoder.draft.setSectionCount(count) }
      decoder.section.remaining = count
      decoder.setState(.entries)
    }
  }

  /// Reads one entry of the section, or ends the section; returns the bytes needed if the entry is not complete.
  mutating func readEntry(_ window: inout ByteReader) throws(ValidationError) -> Int {
    guard section.remaining > 0 || component.isInsideType else {
      if window.isAtEnd && window.offset < section.end { return 1 }
      try closeSection(at: window.offset)
      return 0
    }
    if section.code == 0 { return try readCustomSection(&window) }
    switch encoding {
    case .core:
      guard let kind = CoreSection(rawValue: section.code) else { return 0 }
      return kind == .code ? try readBody(&window) : try readCoreEntry(kind, &window)
    case .component:
      guard let kind = ComponentSection(rawValue: section.code) else { return 0 }
      return try readComponentEntry(kind, &window)
    }
  }

  private mutating func closeSection(at offset: Int) throws(ValidationError) {
    guard offset == section.end else {
      throw ValidationError(
        .malformed, at: offset, "section size mismatch: unexpected data at the end of the section")
    }
    setState(.sectionHeader)
    isBatchComplete = batch != nil
  }

  private mutating func readCustomSection(_ window: inout ByteReader) throws(ValidationError) -> Int {
    let isComplete = try attempt(&window, limit: section.end) { (decoder, reader) throws(ValidationError) in
      let start = reader.offset
      let limit = decoder.encoding == .core ? decoder.section.end : Int.max
      let name = try reader.nameBytes(endingBy: limit).text
      decoder.noteSection(name, isCustom: true, from: start)
      decoder.openCustomSection(name, at: reader.offset)
    }
    return isComplete ? 0 : 1
  }

  /// Most custom sections are skipped; one shows the use of a feature, and some are part of the description.
  private mutating func openCustomSection(_ name: String, at offset: Int) {
    if encoding == .core && name == "metadata.code.branch_hint" { module.features.note(.branchHints) }
    section.remaining = 0
    let custom = CustomSection(name, of: encoding, isOutermost: isOutermost)
    if let custom, let size = custom.sizeToRead(of: section.end - offset) {
      setState(.contents(custom, end: offset + size))
    } else {
      setState(.payload(end: section.end))
    }
  }

  private mutating func readCoreEntry(
    _ kind: CoreSection, _ window: inout ByteReader
  ) throws(ValidationError) -> Int {
    let isComplete = try attempt(&window, limit: section.end) { (decoder, reader) throws(ValidationError) in
      let payload = try decoder.module.readEntry(of: kind, from: &reader, types: &decoder.types)
      guard payload <= decoder.section.end - reader.offset else { throw reader.lengthOutOfBounds() }
      decoder.section.remaining -= 1
      if payload > 0 { decoder.setState(.payload(end: reader.offset + payload)) }
    }
    return isComplete ? 0 : 1
  }

  private mutating func readComponentEntry(
    _ kind: ComponentSection, _ window: inout ByteReader
  ) throws(ValidationError) -> Int {
    let isComplete = try attempt(&window, limit: section.end) { (decoder, reader) throws(ValidationError) in
      let isDefinition = !decoder.component.isInsideType
      try decoder.component.readEntry(of: kind, from: &reader, types: &decoder.types)
      if isDefinition { decoder.section.remaining -= 1 }
    }
    return isComplete ? 0 : 1
  }

  /// Reads a function body when it is complete; until then returns the bytes needed.
  private mutating func readBody(_ window: inout ByteReader) throws(ValidationError) -> Int {
    let start = window.offset
    var needed = 1
    var body: ByteReader?
    let isComplete = try attempt(&window, limit: section.end) { (decoder, reader) throws(ValidationError) in
      let size = Int(try reader.u32())
      guard size <= Limit.functionBodySize else {
        throw ValidationError(
          .limit, at: start, "function body size of \(size) exceeds the limit of \(Limit.functionBodySize)")
      }
      guard size <= decoder.section.end - reader.offset else { throw reader.lengthOutOfBounds(at: start) }
      needed = max(1, reader.offset - start + size)
      body = try reader.slice(size)
    }
    guard isComplete, let body else { return needed }
    if body.isContinued(before: body.endOffset), !isInputComplete,
      window.remaining < ByteReader.longestInteger
    {
      window.rewind(to: start)
      return needed + ByteReader.longestInteger
    }
    try checkBody(body, from: start, followedBy: window)
    section.remaining -= 1
    return 0
  }
}
