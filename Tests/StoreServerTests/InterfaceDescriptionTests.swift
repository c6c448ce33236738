import HTTPServing
import HTTPTypes
import Hummingbird
import JSONText
import ModuleStore
import Support
import SystemPackage
import Testing

@testable import StoreServer

@Suite("The description of the interface")
struct InterfaceDescriptionTests {
  private static let base = "/api/v1"

  @Test("each route stands in it with all of its methods, and nothing else")
  func routes() async throws {
    let folder = try TemporaryFolder()
    let served = ServedStore(Store(at: FilePath(folder.path)), ServerSettings())
    let table = StoreRoutes(Router(context: StoreRequestContext.self))
    StoreService.register(served, in: table)
    let registered = table.routes.filter { $0.path.hasPrefix(Self.base + "/") }
      .flatMap { route in route.methods.filter { $0 != .options }.map { "\($0) \(route.path)" } }
    let described = InterfaceDescription.operations.map { operation in
      "\(operation.method) \(Self.base)" + operation.path.prefix { $0 != "{" }.trimmingSlash
    }
    #expect(Set(described) == Set(registered))
    try await served.end()
  }

  @Test("names and addresses are told apart, and each parameter of an address is described")
  func names() {
    let operations = InterfaceDescription.operations
    #expect(Set(operations.map(\.name)).count == operations.count)
    #expect(Set(operations.map { "\($0.method) \($0.path)" }).count == operations.count)
    for operation in operations {
      let named = operation.path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
        $0.dropFirst().dropLast()
      }
      let described = operation.parameters.filter { $0.location == .path }.map(\.name)
      #expect(named.map { String($0) } == described, "\(operation.name)")
      #expect(!operation.answers.isEmpty)
    }
    #expect(InterfaceDescription.json["openapi"]?.text == "3.1.0")
  }
}

extension StringProtocol {
  /// The text without a slash at its end.
  fileprivate var trimmingSlash: String { hasSuffix("/") ? String(dropLast()) : String(self) }
}
