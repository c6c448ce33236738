import ClientConnections
import NIOCore
import Testing

@testable import NetworkSelfTest

@Suite struct NetworkProbeTests {
  @Test func `each part is looked at, and each URL`() async {
    let path = "/dev/null"
    // Other tests take the processors meanwhile, so that a short limit would say nothing about the network.
    let probe = NetworkProbe(
      urls: ["gopher://localhost/", "https://localhost/"], trusting: .file(path), timeLimit: .minutes(5))
    let findings = await probe.findings()
    let names = ["loopback", "names", "certificates", "gopher://localhost/", "https://localhost/"]
    #expect(findings.map(\.name) == names)
    #expect(findings.map(\.works) == [true, true, false, false, false])
    let noCertificates = "\(path): it has no certificate in PEM format"
    #expect(findings.map(\.detail).suffix(3) == [noCertificates, "unsupported scheme", noCertificates])
  }
}
