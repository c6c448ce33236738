internal import JSONText
internal import KVSync
internal import ModuleStore
internal import SystemPackage

/// The result of an upload in the way of kv-assets, or of a dry run.
struct AssetReport: Presentable {
  let outcome: AssetSync.Outcome
  let file: AssetManifestFile
  let change: AssetManifestFile.Change
  let isDryRun: Bool
  let isVerbose: Bool

  func text(_ style: Style) -> String {
    var lines: [String] = []
    var table = Table(style, wraps: true)
    if isDryRun || isVerbose {
      for item in outcome.stored {
        let (key, path) = (visible(item.key), RawPath(Array("/\(item.path)".utf8)).spelled)
        table.append(
          style.isTerminal
            ? ["upload", byteCount(item.size), key, path] : ["upload", key, String(item.size), path])
      }
      for key in outcome.removed {
        table.append(["remove"] + (style.isTerminal ? [""] : []) + [visible(key)])
      }
    }
    if isDryRun {
      lines.append(
        "would upload \(outcome.stored.count), skip \(outcome.skipped), remove \(outcome.removed.count); "
          + "\(outcome.requests) request\(outcome.requests == 1 ? "" : "s")")
    } else {
      lines.append("\(change.words) asset manifest \(visible(file.path.string))")
    }
    if outcome.deferred > 0 {
      lines.append(
        "Deferred pruning [\(outcome.deferred)] stale files. Run with '--prune' later to remove them.")
    }
    return table.text + lines.map { $0 + "\n" }.joined()
  }

  var json: JSONValue {
    .object([
      ("manifest", .text(file.path.string)), ("change", .text(change.rawValue)),
      ("uploaded", .count(outcome.stored.count)), ("skipped", .count(outcome.skipped)),
      ("removed", .count(outcome.removed.count)), ("deferred", .count(outcome.deferred)),
      ("requests", .count(outcome.requests)),
      ("bytes", .count(outcome.stored.reduce(0) { $0 + $1.size })), ("dry_run", .boolean(isDryRun)),
    ])
  }
}

extension AssetManifestFile.Change {
  /// The name of the result in kv-assets' output.
  fileprivate var words: String {
    switch self {
    case .generated: "Generated"
    case .updated: "Updated"
    case .unchanged: "No change to"
    }
  }
}

/// A manifest as JSON.
struct AssetDump: Presentable {
  let manifest: AssetManifest

  func text(_ style: Style) -> String { json.indented + "\n" }

  var json: JSONValue {
    .object(
      manifest.assets.map { asset in
        (
          asset.path,
          .object([
            ("path", .text(asset.key)), ("modified", .count(Int(clamping: asset.modified))),
            ("size", .count(Int(clamping: asset.size))),
          ])
        )
      })
  }
}

/// A file written for `wrangler kv bulk put`.
struct BulkLine: TableRow {
  let file: BulkFiles.Written

  func row(_ style: Style) -> [String] {
    let path = visible(file.path.string)
    return style.isTerminal
      ? ["\(file.pairs)", byteCount(file.bytes), path] : [path, "\(file.pairs)", "\(file.bytes)"]
  }

  var json: JSONValue {
    .object([
      ("file", .text(file.path.string)), ("pairs", .count(file.pairs)), ("bytes", .count(file.bytes)),
    ])
  }
}
