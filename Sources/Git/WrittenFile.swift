internal import Glibc
internal import Synchronization
public import SystemPackage

/// An open file or folder whose contents still have to be made durable; its owner closes it.
public struct WrittenFile: Sendable {
  let descriptor: FileDescriptor
  let path: FilePath

  /// Names a file that its owner keeps open.
  public init(_ descriptor: FileDescriptor, at path: FilePath) {
    self.descriptor = descriptor
    self.path = path
  }
}

/// Makes files and folders durable, several at a time.
///
/// Each waits for the disk, not for a processor, and waiting together takes hardly longer than waiting once.
/// `meanwhile`: Work that needs nothing of the files; the disk has time for it.
///
/// - Throws: `system` for one of those that could not be synchronised; the others are tried all the same.
public func synchronize(_ files: [WrittenFile], meanwhile work: () -> Void = {}) throws(GitError) {
  let queue = SynchronizationQueue(files)
  let context = Unmanaged.passUnretained(queue)
  // More threads measured no faster. Where one cannot be had, the others do its part.
  let threads = (1..<max(1, min(files.count, 4))).compactMap { _ -> pthread_t? in
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<SynchronizationQueue>.fromOpaque(context).takeUnretainedValue().work() }
        return nil
      }, context.toOpaque())
    return status == 0 ? thread : nil
  }
  work()
  queue.work()
  for thread in threads { pthread_join(thread, nil) }
  if let failure = queue.failure { throw failure }
}

/// Hands out files to the threads that wait for them.
private final class SynchronizationQueue: Sendable {
  private let files: [WrittenFile]
  private let next = Atomic<Int>(0)
  private let firstFailure = Mutex<GitError?>(nil)

  init(_ files: [WrittenFile]) { self.files = files }

  var failure: GitError? { firstFailure.withLock { $0 } }

  func work() {
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard index < files.count else { return }
      let file = files[index]
      do throws(GitError) {
        try system("synchronize", file.path) { fsync(file.descriptor.rawValue) }
      } catch {
        firstFailure.withLock { $0 = $0 ?? error }
      }
    }
  }
}
