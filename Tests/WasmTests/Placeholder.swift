import Testing

@testable import Wasm
