import ModuleStore
import StoreServer
import Support
import Synchronization
import SystemPackage
import Testing

/// A small store in a temporary folder, and its pages.
struct PageStore {
  let folder: TemporaryFolder
  private let root: FilePath
  private let clock: PageClock

  init() throws {
    folder = try TemporaryFolder()
    root = FilePath(folder.path).appending("store")
    clock = PageClock()
  }

  /// Opens the store.
  func open(branch: String? = nil) throws -> StoreSession {
    var options = Store.Options()
    options.recordClock = { [clock] in clock.now() }
    var work = Work()
    work.now = options.recordClock
    return try Store(at: root, options).connectOrCreate(work)
      .session(on: branch.map { try BranchName($0) }, work)
  }

  /// Adds a module, and answers the commit.
  @discardableResult
  func add(
    _ bytes: [UInt8], at path: String, branch: String? = nil, message: String? = nil
  ) throws -> String { try add(bytes, at: [path], branch: branch, message: message) }

  /// Adds a module at several paths, in one commit, and answers that.
  @discardableResult
  func add(
    _ bytes: [UInt8], at paths: [String], branch: String? = nil, message: String? = nil
  ) throws -> String {
    let file = FilePath(folder.path).appending("source.wasm")
    let descriptor = try FileDescriptor.open(
      file, .writeOnly, options: [.create, .truncate], permissions: [.ownerReadWrite])
    try descriptor.closeAfter { _ = try descriptor.writeAll(bytes) }
    let session = try open(branch: branch)
    var request = AddRequest(try paths.map { ModuleSource(.file(file), path: try ModulePath($0)) })
    request.message = message
    _ = try session.add(request)
    return try #require(try session.head()).hex
  }

  /// Runs plain git on the store.
  @discardableResult
  func git(_ arguments: String..., input: String = "") throws -> String {
    let command = ["git", "-C", root.string, "-c", "safe.directory=*"] + arguments
    return try run(command, input: Array(input.utf8)).text
  }

  /// Follows all links from pages on, and answers the pages of HTML by their addresses, and what else is linked to.
  func crawl(from start: [String], as key: AccessKey? = nil) throws -> (
    pages: [String: ParsedPage], others: Set<String>
  ) {
    var (pages, others): ([String: ParsedPage], Set<String>) = ([:], [])
    var (seen, pending) = (Set(start), start)
    let session = try open()
    while !pending.isEmpty {
      var found: [(target: String, page: Page)] = []
      for target in pending {
        let page = try page(target, as: key, in: session)
        #expect(page.status == 200, "\(target)")
        if page.contentType.hasPrefix("text/html") {
          found.append((target, page))
        } else {
          others.insert(target)
        }
      }
      let parsed = try ParsedPage.parse(found.map(\.page))
      for (target, page) in zip(found.map(\.target), parsed) { pages[target] = page }
      pending = parsed.flatMap(\.links).filter { seen.insert($0).inserted }
    }
    return (pages, others)
  }

  /// Answers the request for a page.
  func page(_ target: String, as key: AccessKey? = nil, in session: StoreSession? = nil) throws -> Page {
    let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
    let request = PageRequest(path: parts[0], query: parts.count > 1 ? parts[1] : nil)
    return try Pages.respond(to: try #require(request, "\(target)"), in: session ?? open(), as: key)
  }

  /// The text of a page.
  func text(_ target: String, as key: AccessKey? = nil) throws -> String {
    String(decoding: try page(target, as: key).body, as: UTF8.self)
  }
}

/// A clock that goes on by a second at each reading.
private final class PageClock: Sendable {
  private let seconds = Mutex<Int64>(1_767_225_600)

  func now() -> Timestamp {
    seconds.withLock { seconds in
      seconds += 1
      return Timestamp(seconds: seconds)
    }
  }
}

/// What Python's parser finds in a page.
struct ParsedPage {
  /// What is wrong with it, one thing a line.
  let faults: [String]
  /// Where it links to.
  let links: [String]
  /// The texts, joined.
  let text: String

  init(_ page: Page) throws { self = try #require(try ParsedPage.parse([page]).first) }

  private init(_ parts: [Substring]) {
    faults = parts[0].split(separator: "\n").map(String.init)
    links = parts[1].split(separator: "\n").map(String.init)
    text = String(parts[2])
  }

  /// Parses many pages at once.
  static func parse(_ pages: [Page]) throws -> [ParsedPage] {
    let result = try run(
      ["python3", "-c", script], input: Array(pages.map(\.body).joined(separator: [2])))
    try #require(result.status == 0, "\(result.errors)")
    return result.text.split(separator: "\u{2}", omittingEmptySubsequences: false).map { page in
      ParsedPage(page.split(separator: "\u{1}", omittingEmptySubsequences: false))
    }
  }

  private static let script = #"""
    import html.parser, sys
    VOID = {"meta", "link", "input"}
    KNOWN = set("html head title meta link body header nav main footer h1 h2 p ul li dl dt dd div span strong code pre"
      " a table thead tbody tr th td form label input select option button".split())
    class Parser(html.parser.HTMLParser):
        def handle_starttag(self, tag, attributes):
            if tag not in KNOWN: faults.append("element " + tag)
            for name, value in attributes:
                if name.startswith("on") or name in ("style", "src"): faults.append("attribute " + name)
                if name in ("href", "action"):
                    links.append(value)
                    if not value.startswith("/") or value.startswith("//"): faults.append("link " + value)
                if name == "id":
                    if value in ids: faults.append("id " + value)
                    ids.add(value)
            if len(dict(attributes)) != len(attributes): faults.append("attribute twice in " + tag)
            if tag not in VOID: stack.append(tag)
        def handle_endtag(self, tag):
            if not stack or stack.pop() != tag: faults.append("end of " + tag)
        def handle_data(self, data): texts.append(data)
        def handle_comment(self, data): faults.append("comment")
        def handle_pi(self, data): faults.append("instruction")
    def parsed(page):
        global faults, links, texts, stack, ids
        faults, links, texts, stack, ids = [], [], [], [], set()
        faults += ["control character"] * any(ord(c) < 32 and c != "\n" or 127 <= ord(c) < 160 for c in page)
        if not page.startswith("<!DOCTYPE html>\n<html lang=\"en\">"): faults.append("no document type")
        parser = Parser(convert_charrefs=True)
        parser.feed(page)
        parser.close()
        faults += ["not ended: " + tag for tag in stack]
        return "\x01".join("\n".join(x) for x in (faults, links, texts))
    pages = sys.stdin.buffer.read().decode("utf-8").split("\x02")
    sys.stdout.buffer.write("\x02".join(map(parsed, pages)).encode())
    """#
}
