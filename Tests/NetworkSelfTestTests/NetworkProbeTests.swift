import ClientConnections
import Testing

@testable import NetworkSelfTest

@Suite struct NetworkProbeTests {
  @Test func `each part is looked at, and each URL`() async {
    let path = "/dev/null"
    let probe = NetworkProbe(urls: ["gopher://localhost/", "https://localhost/"], trusting: .file(path))
    let findings = await probe.findings()
    let names = ["loopback", "names", "certificates", "gopher://localhost/", "https://localhost/"]
    #expect(findings.map(\.name) == names)
    #expect(findings.map(\.works) == [true, true, false, false, false])
    let noCertificates = "\(path): it holds no certificate in PEM"
    #expect(findings.map(\.detail).suffix(3) == [noCertificates, "unsupported scheme", noCertificates])
  }
}
