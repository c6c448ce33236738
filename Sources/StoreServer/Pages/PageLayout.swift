internal import Identifiers
internal import ModuleStore

/// The frame of every page: head, navigation and style sheet.
struct PageLayout {
  /// The title of the browser window.
  let title: String
  /// The branch or tag; nil if the page is not about one.
  let context: PageContext?
  /// The kind of the page, which the navigation highlights.
  var kind: PageRequest.Kind?

  /// Returns the complete page.
  func document(@HTML.Contents content: () -> HTML) -> HTML {
    HTML.document {
      HTML(.head) {
        HTML(.meta, .utf8)
        HTML(.meta, .name("viewport"), .content("width=device-width, initial-scale=1"))
        HTML(.meta, .name("color-scheme"), .content("light dark"))
        HTML(.title) { title + " – wasmstore" }
        HTML(.link, .relation("stylesheet"), .href(PageAddress([PageRequest.Kind.styleSheet.rawValue])))
      }
      HTML(.body) {
        HTML(.header) {
          HTML(.a, .cssClass(.name), .href(PageAddress([]))) { "wasmstore" }
          if let context { navigation(context) }
        }
        HTML(.main, content: content)
      }
    }
  }

  private func navigation(_ context: PageContext) -> HTML {
    let links: [(kind: PageRequest.Kind, text: String)] = [
      (.modules, "Modules"), (.history, "History"), (.search, "Search"),
    ]
    return HTML(.nav, .label("Branch")) {
      HTML(.span, .cssClass(.badge)) { context.label }
      for link in links {
        if link.kind == kind {
          HTML(.a, .href(context.address(link.kind)), .current) { link.text }
        } else {
          HTML(.a, .href(context.address(link.kind))) { link.text }
        }
      }
    }
  }
}

extension PageContext {
  /// The name of the branch or tag, with the commit if it is not the current one.
  fileprivate var label: String {
    let name =
      switch self.name {
      case .branch(let branch): branch.name
      case .tag(let tag): "tag \(tag.name)"
      }
    return commit == head ? name : "\(name) at \(commit.abbreviated())"
  }

  /// Returns the steps of a path, each with a link to its folder.
  func crumbs(_ path: ModulePath?) -> HTML {
    let steps = path?.steps ?? []
    return HTML(.nav, .cssClass(.crumbs), .label("Path")) {
      HTML(.a, .href(address(.modules))) { text }
      for index in steps.indices {
        HTML(.span, .cssClass(.muted)) { "/" }
        if index == steps.count - 1 {
          HTML(.strong) { steps[index] }
        } else {
          HTML(.a, .href(address(.modules, steps: Array(steps[...index])))) { steps[index] }
        }
      }
    }
  }

  /// Returns the abbreviated id of a commit, with a link to its page.
  func link(_ commit: CommitID) -> HTML {
    HTML(.a, .cssClass(.hash), .href(address(of: commit)), .title(commit.hex)) { commit.abbreviated() }
  }
}

extension HTML {
  /// Returns the abbreviated hash of a module, with the full hash as its tooltip.
  static func hash(_ digest: ModuleDigest?) -> HTML {
    guard let digest else { return HTML(text: "–") }
    return HTML(.code, .cssClass(.hash), .title(digest.hex)) { digest.abbreviated() }
  }

  /// Returns a time in minutes, with the time in seconds as its tooltip.
  static func time(_ time: Timestamp) -> HTML {
    HTML(.span, .cssClass(.muted), .title(time.rfc3339)) { time.short }
  }

  /// The heading of a table's column.
  struct Column: ExpressibleByStringLiteral {
    let title: String
    var isNumber = false

    init(stringLiteral title: String) { self.title = title }

    /// Returns a column of numbers, which are right-aligned.
    static func number(_ title: String) -> Column {
      var column = Column(stringLiteral: title)
      column.isNumber = true
      return column
    }
  }

  /// Returns a table whose rows may break into several lines on a narrow screen.
  static func list(_ columns: [Column], @Contents rows: () -> HTML) -> HTML {
    HTML(.div, .cssClass(.scroll, .list)) { table(columns, rows) }
  }

  /// Returns a table that scrolls horizontally if it is too wide.
  static func table(_ columns: [Column], @Contents rows: () -> HTML) -> HTML {
    HTML(.div, .cssClass(.scroll)) { table(columns, rows) }
  }

  private static func table(_ columns: [Column], _ rows: () -> HTML) -> HTML {
    HTML(.table) {
      HTML(.thead) {
        HTML(.tr) {
          for column in columns {
            if column.isNumber {
              HTML(.th, .cssClass(.number), .column) { column.title }
            } else {
              HTML(.th, .column) { column.title }
            }
          }
        }
      }
      HTML(.tbody, content: rows)
    }
  }

  /// Returns a name and its value, for a list of such pairs.
  static func fact(_ name: String, @Contents value: () -> HTML) -> HTML {
    HTML(.div) {
      HTML(.dt) { name }
      HTML(.dd, content: value)
    }
  }
}

/// Returns a number with its noun, in the plural if the number is not 1.
func counted(_ number: Int, _ noun: String) -> String {
  "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
}

/// Returns a number with commas between groups of three digits.
func grouped(_ number: Int) -> String {
  var digits = String(number)
  var position = digits.count - 3
  while position > 0 {
    digits.insert(",", at: digits.index(digits.startIndex, offsetBy: position))
    position -= 3
  }
  return digits
}
