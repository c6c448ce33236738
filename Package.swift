// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// Links the archives by default; `WASMSTORE_SHARED_LIBRARIES=1` links the shared libraries (decisions/0002).
let sharedLibraries = Context.environment["WASMSTORE_SHARED_LIBRARIES"] == "1"

func libraries(static archives: [String], shared: [String]) -> [LinkerSetting] {
  (sharedLibraries ? shared : archives.map { ":lib\($0).a" } + ["m"]).map { .linkedLibrary($0) }
}

let package = Package(
  name: "wasmstore",
  products: [
    .executable(name: "wasmstore", targets: ["wasmstore"]),
    .library(name: "NATSCore", targets: ["NATSCore"]),
    .library(name: "NATSJetStream", targets: ["NATSJetStream"]),
    .library(name: "NATSKeyValue", targets: ["NATSKeyValue"]),
    .library(name: "NATSObjectStore", targets: ["NATSObjectStore"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .systemLibrary(name: "Clibgit2", providers: [.apt(["libgit2-dev"])]),
    .systemLibrary(name: "Clibdeflate", providers: [.apt(["libdeflate-dev"])]),
    .systemLibrary(name: "Czlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .target(name: "CGit2Offline"),
    .target(name: "CTOML"),
    .target(name: "Identifiers", swiftSettings: strict),
    .target(name: "ByteText", swiftSettings: strict),
    .target(name: "EdgeRouting", dependencies: ["ByteText"], swiftSettings: strict),
    .target(name: "EdgeHeads", dependencies: ["ByteText"], swiftSettings: strict),
    .target(name: "JSONText", swiftSettings: strict),
    .target(
      name: "Compression", dependencies: ["Clibdeflate", "Czlib"], swiftSettings: strict,
      linkerSettings: libraries(static: ["deflate", "z"], shared: ["deflate", "z"])),
    .target(
      name: "FileSystem", dependencies: [.product(name: "SystemPackage", package: "swift-system")],
      swiftSettings: strict),
    .target(
      name: "Tar", dependencies: ["Compression", .product(name: "SystemPackage", package: "swift-system")],
      swiftSettings: strict),
    .target(name: "Wasm", swiftSettings: strict),
    .target(
      name: "Git",
      dependencies: [
        "Compression", "FileSystem", "Identifiers", "Clibgit2",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "HeapModule", package: "swift-collections"),
        .product(name: "SystemPackage", package: "swift-system"),
      ] + (sharedLibraries ? [] : ["CGit2Offline"]),
      swiftSettings: strict,
      linkerSettings: libraries(
        static: ["git2", "http_parser", "pcre2-8", "mbedcrypto", "z"], shared: ["git2"])),
    .target(
      name: "SQLite",
      dependencies: ["CSQLite", .product(name: "SystemPackage", package: "swift-system")],
      swiftSettings: strict,
      linkerSettings: libraries(static: ["sqlite3"], shared: ["sqlite3"])),
    .target(
      name: "Catalog",
      dependencies: [
        "FileSystem", "Identifiers", "SQLite", .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .target(
      name: "ModuleStore",
      dependencies: [
        "FileSystem", "Identifiers", "Git", "Catalog", "JSONText", "SQLite", "Tar", "Wasm",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .target(
      name: "StoreJSON",
      dependencies: [
        "Identifiers", "JSONText", "ModuleStore", "Wasm",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .target(
      name: "ClientConnections",
      dependencies: [
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .target(
      name: "HTTPServing",
      dependencies: [
        "FileSystem", "Identifiers", "JSONText",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HummingbirdHTTP2", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOExtras", package: "swift-nio-extras"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTP2", package: "swift-nio-http2"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "NIOTLS", package: "swift-nio"),
        .product(name: "NIOWebSocket", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "SystemPackage", package: "swift-system"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict),
    .target(
      name: "NetworkSelfTest",
      dependencies: [
        "ClientConnections", "HTTPServing",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      swiftSettings: strict),
    .target(
      name: "StoreServer",
      dependencies: [
        "FileSystem", "HTTPServing", "Identifiers", "JSONText", "ModuleStore", "StoreJSON", "Wasm",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .target(
      name: "WorkersKV",
      dependencies: [
        "ClientConnections", "Identifiers", "JSONText",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      swiftSettings: strict),
    .target(
      name: "NATSCore",
      dependencies: [
        "ClientConnections", "JSONText",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .target(
      name: "NATSJetStream",
      dependencies: ["JSONText", "NATSCore", .product(name: "NIOCore", package: "swift-nio")],
      swiftSettings: strict),
    .target(
      name: "NATSObjectStore",
      dependencies: [
        "JSONText", "NATSCore", "NATSJetStream",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "NIOCore", package: "swift-nio"),
      ],
      swiftSettings: strict),
    .target(
      name: "NATSKeyValue",
      dependencies: [
        "NATSCore", "NATSJetStream", .product(name: "NIOCore", package: "swift-nio"),
      ],
      swiftSettings: strict),
    .target(
      name: "KVSync",
      dependencies: [
        "FileSystem", "Identifiers", "JSONText", "ModuleStore",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .target(
      name: "Wrangler",
      dependencies: [
        "CTOML", "FileSystem", "JSONText", .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .target(
      name: "KVServer",
      dependencies: [
        "FileSystem", "HTTPServing", "Identifiers", "JSONText", "SQLite",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .target(
      name: "CommandLineTool",
      dependencies: [
        "HTTPServing", "ClientConnections", "FileSystem", "Identifiers", "JSONText", "ModuleStore",
        "KVServer", "KVSync", "NATSCore", "NATSJetStream", "NATSKeyValue", "NATSObjectStore",
        "NetworkSelfTest",
        "StoreJSON",
        "StoreServer", "Wasm", "WorkersKV", "Wrangler",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .executableTarget(name: "wasmstore", dependencies: ["CommandLineTool"], swiftSettings: strict),

    .target(name: "Support", path: "Tests/Support", swiftSettings: strict),
    .target(
      name: "NATSTesting",
      dependencies: [
        "JSONText", "NATSCore", "Support",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      path: "Tests/NATSTesting", swiftSettings: strict),
    .executableTarget(
      name: "nats-measuring",
      dependencies: [
        "NATSCore", "NATSJetStream", "NATSKeyValue", "NATSObjectStore",
        .product(name: "NIOCore", package: "swift-nio"),
      ],
      path: "Tests/NATSMeasuring", swiftSettings: strict),
    .testTarget(
      name: "FileSystemTests",
      dependencies: ["FileSystem", "Support", .product(name: "SystemPackage", package: "swift-system")],
      swiftSettings: strict),
    .testTarget(name: "CompressionTests", dependencies: ["Compression", "Support"], swiftSettings: strict),
    .testTarget(
      name: "TarTests",
      dependencies: [
        "FileSystem", "Support", "Tar", .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .testTarget(name: "IdentifiersTests", dependencies: ["Identifiers", "Support"], swiftSettings: strict),
    .testTarget(
      name: "GitTests",
      dependencies: [
        "Compression", "FileSystem", "Git", "Identifiers", "Support",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ClientConnectionsTests",
      dependencies: [
        "ClientConnections", "Support",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "HTTPServingTests",
      dependencies: [
        "FileSystem", "HTTPServing", "Support",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "NetworkSelfTestTests", dependencies: ["ClientConnections", "NetworkSelfTest"],
      swiftSettings: strict),
    .testTarget(name: "JSONTextTests", dependencies: ["JSONText"], swiftSettings: strict),
    .testTarget(
      name: "StoreJSONTests", dependencies: ["JSONText", "ModuleStore", "StoreJSON", "Wasm"],
      swiftSettings: strict),
    .testTarget(name: "WasmTests", dependencies: ["Wasm", "Support"], swiftSettings: strict),
    .testTarget(
      name: "CatalogTests",
      dependencies: [
        "Catalog", "Identifiers", "SQLite", "Support",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ModuleStoreTests",
      dependencies: [
        "Catalog", "FileSystem", "Git", "Identifiers", "ModuleStore", "Support", "Tar", "Wasm",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "StoreServerTests",
      dependencies: [
        "HTTPServing", "Identifiers", "JSONText", "ModuleStore", "StoreJSON", "StoreServer", "Support",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "NATSCoreTests",
      dependencies: [
        "ClientConnections", "NATSCore", "NATSTesting", "Support",
        .product(name: "NIOCore", package: "swift-nio"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "NATSJetStreamTests",
      dependencies: [
        "JSONText", "NATSCore", "NATSJetStream", "NATSTesting", "Support",
        .product(name: "NIOCore", package: "swift-nio"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "NATSObjectStoreTests",
      dependencies: [
        "NATSCore", "NATSJetStream", "NATSObjectStore", "NATSTesting", "Support",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "NIOCore", package: "swift-nio"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "NATSKeyValueTests",
      dependencies: [
        "JSONText", "NATSCore", "NATSJetStream", "NATSKeyValue", "NATSTesting", "Support",
        .product(name: "NIOCore", package: "swift-nio"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "KVSyncTests",
      dependencies: [
        "FileSystem", "Identifiers", "JSONText", "KVSync", "ModuleStore", "Support",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .testTarget(name: "ByteTextTests", dependencies: ["ByteText"], swiftSettings: strict),
    .testTarget(
      name: "EdgeRoutingTests",
      dependencies: ["ByteText", "EdgeRouting", "Identifiers", "JSONText", "KVSync", "ModuleStore"],
      swiftSettings: strict),
    .testTarget(
      name: "EdgeHeadsTests", dependencies: ["ByteText", "CSQLite", "EdgeHeads", "JSONText", "Support"],
      swiftSettings: strict),
    .testTarget(
      name: "WranglerTests",
      dependencies: ["Support", "Wrangler", .product(name: "SystemPackage", package: "swift-system")],
      swiftSettings: strict),
    .testTarget(
      name: "WorkersKVTests", dependencies: ["WorkersKV", .product(name: "NIOCore", package: "swift-nio")],
      swiftSettings: strict),
    .testTarget(
      name: "KVServerTests",
      dependencies: [
        "FileSystem", "JSONText", "KVServer", "SQLite", "Support",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CommandLineToolTests",
      dependencies: [
        "CommandLineTool", "Identifiers", "JSONText", "KVSync", "ModuleStore", "NATSCore", "NATSJetStream",
        "NATSKeyValue", "NATSObjectStore", "NATSTesting", "StoreServer", "Support", "Wasm",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
  ],
  cxxLanguageStandard: .cxx17
)
