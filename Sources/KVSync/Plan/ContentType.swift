/// The media types of files.
enum ContentType {
  /// The types of commonly published files, by the extension of the name.
  private static let types: [String: String] = [
    "avif": "image/avif", "css": "text/css; charset=utf-8", "csv": "text/csv; charset=utf-8",
    "gif": "image/gif",
    "gz": "application/gzip", "htm": "text/html; charset=utf-8", "html": "text/html; charset=utf-8",
    "ico": "image/x-icon", "jpeg": "image/jpeg", "jpg": "image/jpeg", "js": "text/javascript; charset=utf-8",
    "json": "application/json", "map": "application/json", "md": "text/markdown; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8", "mp3": "audio/mpeg", "mp4": "video/mp4", "otf": "font/otf",
    "pdf": "application/pdf", "png": "image/png", "svg": "image/svg+xml", "tar": "application/x-tar",
    "toml": "application/toml", "ttf": "font/ttf", "txt": "text/plain; charset=utf-8",
    "wasm": "application/wasm", "wat": "text/plain; charset=utf-8", "webm": "video/webm",
    "webmanifest": "application/manifest+json", "webp": "image/webp", "wit": "text/plain; charset=utf-8",
    "woff": "font/woff", "woff2": "font/woff2", "xml": "application/xml", "zip": "application/zip",
  ]

  /// The type of a file: WebAssembly if it is a module, otherwise by its name.
  static func of(path: [UInt8], isModule: Bool) -> String {
    if isModule { return "application/wasm" }
    let name = path.split(separator: UInt8(ascii: "/")).last ?? []
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")) else { return "application/octet-stream" }
    let ending = String(decoding: name[(dot + 1)...], as: UTF8.self).lowercased()
    return types[ending] ?? "application/octet-stream"
  }
}
