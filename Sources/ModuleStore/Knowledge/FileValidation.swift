internal import Dispatch
internal import Glibc
internal import Synchronization
public import SystemPackage
public import Wasm

/// A file, or standard input, that is to be judged.
public struct ValidationInput: Hashable, Sendable {
  /// What answers call it; odd characters are shown as those of paths.
  public let name: String
  /// Where it stands; nil for standard input.
  let path: FilePath?

  /// Names a file.
  public init(file path: FilePath) {
    self.init(path, name: path.bytes)
  }

  /// Standard input.
  public static let standardInput = ValidationInput(nil, name: Array("-".utf8))

  private init(_ path: FilePath?, name: [UInt8]) {
    self.path = path
    self.name = spelled(name)
  }

  /// Lists the regular files below a folder in the order of their names' bytes, each called by its path below it.
  ///
  /// Folders that cannot be read stand in the list too, so that reading them tells why. Links are not followed.
  ///
  /// - Throws: `StoreError.source` where the folder cannot be read.
  public static func files(below folder: FilePath) throws(StoreError) -> [ValidationInput] {
    guard let status = FileStatus(folder) else {
      throw .source(path: folder.string, reason: String(cString: strerror(errno)))
    }
    guard status.kind == .directory else { throw .source(path: folder.string, reason: "it is no directory") }
    var found: [[UInt8]] = []
    var folders: [[UInt8]] = [[]]
    while let steps = folders.popLast() {
      let place = steps.isEmpty ? folder : FilePath(folder.bytes + [0x2f] + steps)
      let present: [FolderEntry]
      do throws(Errno) {
        guard place.isReadableFolder else { throw Errno(rawValue: errno) }
        present = try entries(in: place)
      } catch {
        guard !steps.isEmpty else { throw .source(path: folder.string, reason: error.description) }
        found.append(steps)
        continue
      }
      for entry in present {
        let below = steps.isEmpty ? entry.bytes : steps + [0x2f] + entry.bytes
        let path = FilePath(folder.bytes + [0x2f] + below)
        switch entry.kind ?? FileStatus(path, followingLinks: false)?.kind {
        case .directory: folders.append(below)
        case .file: found.append(below)
        case .symlink, .other, nil: continue
        }
      }
    }
    return found.sorted { $0.lexicographicallyPrecedes($1) }.map { name in
      ValidationInput(FilePath(folder.bytes + [0x2f] + name), name: name)
    }
  }

  /// Judges it.
  ///
  /// - Throws: `StoreError.source` where it cannot be read.
  func verdict(features: Features) throws(StoreError) -> Verdict {
    if let path, FileStatus(path)?.kind == .directory, path.isReadableFolder {
      throw .source(path: path.string, reason: "it is a directory")
    }
    do {
      guard let path else { return try Verdict(of: .standardInput, features: features) }
      let file = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec])
      defer { try? file.close() }
      return try Verdict(of: file, features: features)
    } catch {
      throw .source(path: path?.string ?? "standard input", reason: "\((error as? Errno) ?? .ioError)")
    }
  }
}

extension FilePath {
  /// Whether a folder can be listed and stepped into.
  fileprivate var isReadableFolder: Bool { withPlatformString { access($0, R_OK | X_OK) } == 0 }
}

/// Judges files on all cores and reports each in the order of the list, as soon as all before it are done.
///
/// `report` is called by one thread at a time; when it throws, nothing more is judged.
///
/// - Throws: what `report` throws.
public func judge(
  _ inputs: [ValidationInput], features: Features,
  report: @escaping @Sendable (ValidationInput, Result<Verdict, StoreError>) throws -> Void
) throws {
  let run = FileValidation(inputs, features: features, report: report)
  let workers = min(availableCores(), inputs.count)
  if workers > 1 {
    DispatchQueue.concurrentPerform(iterations: workers) { _ in run.work() }
  } else {
    run.work()
  }
  try run.finish()
}

/// Hands out files to workers and reports what became of them in order.
private final class FileValidation: Sendable {
  private let inputs: [ValidationInput]
  private let features: Features
  private let report: @Sendable (ValidationInput, Result<Verdict, StoreError>) throws -> Void
  private let next = Atomic<Int>(0)
  private let state = Mutex(State())
  /// Held while a large file is in memory: one at a time, with its bodies on all cores.
  private let largeFile = Mutex(())

  private struct State {
    var waiting: [Int: Result<Verdict, StoreError>] = [:]
    var reported = 0
    var failure: (any Error)?
  }

  private static let largeSize: Int64 = 4 << 20

  init(
    _ inputs: [ValidationInput], features: Features,
    report: @escaping @Sendable (ValidationInput, Result<Verdict, StoreError>) throws -> Void
  ) {
    self.inputs = inputs
    self.features = features
    self.report = report
  }

  func work() {
    while state.withLock({ $0.failure == nil }) {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard index < inputs.count else { return }
      finish(index, judge(inputs[index]))
    }
  }

  private func judge(_ input: ValidationInput) -> Result<Verdict, StoreError> {
    let size = input.path.flatMap { FileStatus($0)?.size } ?? 0
    guard size >= FileValidation.largeSize else {
      return Result { () throws(StoreError) in try input.verdict(features: features) }
    }
    return largeFile.withLock { _ in
      Result { () throws(StoreError) in try input.verdict(features: features) }
    }
  }

  private func finish(_ index: Int, _ result: Result<Verdict, StoreError>) {
    state.withLock { state in
      state.waiting[index] = result
      while state.failure == nil, let result = state.waiting.removeValue(forKey: state.reported) {
        do { try report(inputs[state.reported], result) } catch { state.failure = error }
        state.reported += 1
      }
    }
  }

  func finish() throws {
    if let failure = state.withLock({ $0.failure }) { throw failure }
  }
}
