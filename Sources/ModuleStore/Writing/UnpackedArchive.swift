internal import FileSystem
internal import SystemPackage
internal import Tar

/// The modules of a tar archive, in numbered files of a private folder. No name of the archive becomes the name of a
/// file.
final class UnpackedArchive {
  /// The modules, sorted by their paths.
  private(set) var sources: [ModuleSource] = []
  /// The names of entries that are not modules, or not files.
  private(set) var skipped: [String] = []
  /// The paths of all files, modules or not.
  private(set) var paths: Set<ModulePath> = []

  private let name: String
  private let prefix: ModulePath?
  private let work: Work
  private let place: FilePath
  /// Open as long as the files are needed, so that a gc can see that they are in use.
  private let folder: ConfinedFolder
  /// The file of each module, and the entry of each path.
  private var files: [ModulePath: FilePath] = [:]
  private var count = 0

  /// Unpacks an archive.
  ///
  /// - Throws: `StoreError.source` if it cannot be read or is damaged, `.invalidPath` for a name that leads outside, or
  ///   a module whose name is not a valid path, `.cancelled`.
  init(
    _ origin: ModuleSource.Origin, in temporary: FilePath, below prefix: ModulePath?, _ work: Work
  ) throws(StoreError) {
    name = origin.name
    self.prefix = prefix
    self.work = work
    place = temporary.appending("import-" + String(UInt64.random(in: 1 << 63 ... .max), radix: 16))
    let file = try origin.open()
    defer { try? file.close() }
    do throws(FileError) { folder = try ConfinedFolder(making: place) } catch { throw StoreError(error) }
    do throws(StoreError) { try unpack(file) } catch {
      remove()
      throw error
    }
    for (path, file) in files.sorted(by: { $0.key < $1.key }) {
      var source = ModuleSource(.file(file), path: path)
      source.label = path.description
      sources.append(source)
    }
  }

  /// Removes the files. The next gc deletes those that cannot be removed.
  func remove() { try? removeTree(place) }

  private func unpack(_ file: FileDescriptor) throws(StoreError) {
    let work = work
    var reader = TarReader { (buffer, length) throws(TarError) in
      do throws(Errno) {
        return try fill(&buffer, upTo: length, from: file, while: { !work.cancellation.isCancelled })
      } catch {
        throw .system(error)
      }
    }
    while let entry = try next(&reader) {
      try work.check()
      let name = String(validating: entry.name, as: UTF8.self)
      switch (entry.place, entry.kind, name) {
      case (.absolute, _, _), (.above, _, _):
        throw .invalidPath(RawPath(entry.name).spelled, reason: "it refers to a place outside the archive")
      case (_, .folder, _): break
      case (_, .file, let name?): try take(name, from: &reader)
      case (_, .hardLink(let target), let name?): try link(name, to: target)
      default: skipped.append(RawPath(entry.name).spelled)
      }
    }
  }

  private func next(_ reader: inout TarReader) throws(StoreError) -> TarEntry? {
    do throws(TarError) { return try reader.next() } catch { throw failure(error) }
  }

  /// Unpacks a file of the archive; skips it if it does not begin like a module.
  private func take(_ name: String, from reader: inout TarReader) throws(StoreError) {
    var buffer = [UInt8](repeating: 0, count: readLength)
    var length = try read(&buffer, from: &reader)
    let isModule = begins(buffer, length)
    guard let path = try path(of: name, isModule: isModule) else { return }
    paths.insert(path)
    // As in tar, a later entry replaces an earlier one.
    files[path] = nil
    guard isModule else {
      skipped.append(name)
      return
    }
    count += 1
    let file = place.appending("\(count)")
    var output = try translated { () throws(FileError) in try TemporaryFile(making: file, permissions: 0o600)
    }
    while length > 0 {
      try work.check()
      try append(buffer, length, to: &output)
      length = try read(&buffer, from: &reader)
    }
    do throws(FileError) { try output.publish(at: file) } catch { throw StoreError(error) }
    files[path] = file
  }

  private func begins(_ buffer: [UInt8], _ length: Int) -> Bool {
    ModuleMagic.begins(buffer.span.bytes.extracting(first: length))
  }

  private func append(
    _ buffer: [UInt8], _ length: Int, to output: inout TemporaryFile
  ) throws(StoreError) {
    do throws(FileError) { try output.append(buffer.span.bytes.extracting(first: length)) } catch {
      throw StoreError(error)
    }
  }

  private func read(_ buffer: inout [UInt8], from reader: inout TarReader) throws(StoreError) -> Int {
    do throws(TarError) { return try reader.read(into: &buffer) } catch { throw failure(error) }
  }

  /// Adds another name of an earlier file.
  private func link(_ name: String, to target: [UInt8]) throws(StoreError) {
    // A target that is not a valid path cannot be a module.
    let source = try? plainPath(of: String(decoding: target, as: UTF8.self))
    let file = source.flatMap { files[$0] }
    guard let path = try path(of: name, isModule: file != nil) else { return }
    paths.insert(path)
    files[path] = file
    if file == nil { skipped.append(name) }
  }

  /// The path of a name; nil, so that it is skipped, if the name is not a valid path and not a module's.
  private func path(of name: String, isModule: Bool) throws(StoreError) -> ModulePath? {
    do throws(StoreError) { return try plainPath(of: name) } catch {
      if isModule { throw error }
      skipped.append(name)
      return nil
    }
  }

  /// The path of a name. An archive of `.` has names such as `./a`.
  private func plainPath(of name: String) throws(StoreError) -> ModulePath {
    let steps = name.utf8.split(separator: 0x2f).filter { !$0.elementsEqual([0x2e]) }
    let path = steps.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
    return try ModulePath(path).below(prefix)
  }

  private func failure(_ error: TarError) -> StoreError {
    if work.cancellation.isCancelled { return .cancelled }
    switch error {
    case .system(let reason): return .source(path: name, reason: "\(reason)")
    case .damaged(let text): return .source(path: name, reason: text)
    case .failed(let text): return .failed(text)
    }
  }
}
