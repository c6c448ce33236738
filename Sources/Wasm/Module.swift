/// Reads WebAssembly.
