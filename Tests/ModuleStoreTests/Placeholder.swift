import Testing

@testable import ModuleStore
