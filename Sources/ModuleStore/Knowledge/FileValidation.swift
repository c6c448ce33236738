internal import FileSystem
internal import Synchronization
public import SystemPackage
public import Wasm

/// A file or standard input to validate.
public struct ValidationInput: Hashable, Sendable {
  /// Its name in reports.
  public let name: RawPath
  /// The path of the file; nil for standard input.
  let path: FilePath?

  /// Creates the input of a file.
  public init(file path: FilePath) {
    self.init(path, name: path.bytes)
  }

  /// Standard input.
  public static let standardInput = ValidationInput(nil, name: Array("-".utf8))

  private init(_ path: FilePath?, name: [UInt8]) {
    self.path = path
    self.name = RawPath(name)
  }

  /// Lists the regular files below a folder, ordered by the bytes of their names, each with its path relative to the
  /// folder.
  ///
  /// Folders that cannot be read are in the list too, so that reading them reports the error. Links are not followed.
  ///
  /// - Throws: `StoreError.source` if the folder cannot be read.
  public static func files(below folder: FilePath) throws(StoreError) -> [ValidationInput] {
    let status: FileStatus?
    do throws(FileError) { status = try FileStatus(folder) } catch { throw .source(error) }
    guard let status else { throw .source(path: folder.string, reason: "\(Errno.noSuchFileOrDirectory)") }
    guard status.kind == .directory else {
      throw .source(path: folder.string, reason: "it is not a directory")
    }
    var found: [[UInt8]] = []
    try walk(
      folder,
      unreadable: { (steps, error) throws(StoreError) in
        guard !steps.isEmpty else { throw .source(error) }
        found.append(steps)
      },
      { (entry) throws(StoreError) in
        if entry.kind == .file { found.append(entry.steps) }
        return true
      })
    return found.sorted { $0.lexicographicallyPrecedes($1) }.map { steps in
      ValidationInput(folder.appending(bytes: steps), name: steps)
    }
  }

  /// Validates the input.
  ///
  /// - Throws: `StoreError.source` if it cannot be read.
  func validate(features: Features) throws(StoreError) -> Verdict {
    do {
      if let path, try FileStatus(path)?.kind == .directory {
        try requireAccess(.list, to: path)
        throw StoreError.source(path: path.string, reason: "it is a directory")
      }
      guard let path else { return try Verdict(of: .standardInput, features: features) }
      let file = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec])
      defer { try? file.close() }
      return try Verdict(of: file, features: features)
    } catch let error as StoreError {
      throw error
    } catch let error as FileError {
      throw .source(error)
    } catch {
      throw .source(path: path?.string ?? "standard input", reason: "\((error as? Errno) ?? .ioError)")
    }
  }
}

/// Validates files on all cores, and reports each in the order of the list, as soon as all files before it are done.
///
/// `report` is called by one thread at a time; after it throws, no more files are validated.
///
/// - Throws: The errors of `report`.
public func validate(
  _ inputs: [ValidationInput], features: Features,
  report: @escaping @Sendable (ValidationInput, Result<Verdict, StoreError>) throws -> Void
) throws {
  let reports = OrderedReports { index, result in try report(inputs[index], result) }
  // Locked while a large file is in memory: only one at a time, with its bodies on all cores.
  let largeFile = Mutex(())
  try inParallel(inputs.count, workers: availableCores()) { index in
    let input = inputs[index]
    let result = Result { () throws(StoreError) in
      guard try input.isLarge else { return try input.validate(features: features) }
      return try largeFile.withLock { (_) throws(StoreError) in try input.validate(features: features) }
    }
    try reports.add(index, result)
  }
}

extension ValidationInput {
  private static let largeSize: Int64 = 4 << 20

  /// Whether the file is too large to be in memory together with others.
  fileprivate var isLarge: Bool {
    get throws(StoreError) {
      guard let path else { return false }
      do throws(FileError) { return try FileStatus(path)?.size ?? 0 >= ValidationInput.largeSize } catch {
        throw .source(error)
      }
    }
  }
}

/// Reports the results of files in the order of their list, one at a time.
private final class OrderedReports: Sendable {
  private let report: @Sendable (Int, Result<Verdict, StoreError>) throws -> Void
  private let state = Mutex(State())

  private struct State {
    var waiting: [Int: Result<Verdict, StoreError>] = [:]
    var reported = 0
    var hasFailed = false
  }

  init(_ report: @escaping @Sendable (Int, Result<Verdict, StoreError>) throws -> Void) {
    self.report = report
  }

  /// Adds the result of one file, and reports all results that waited for it; none after a report has thrown.
  func add(_ index: Int, _ result: Result<Verdict, StoreError>) throws {
    try state.withLock { state in
      state.waiting[index] = result
      while !state.hasFailed, let result = state.waiting.removeValue(forKey: state.reported) {
        state.hasFailed = true
        try report(state.reported, result)
        state.hasFailed = false
        state.reported += 1
      }
    }
  }
}
