import JSONText
import Support
import Testing

import EdgeHeads

@Suite("The rules of heads")
struct HeadRulesTests {
  /// What breaks several rules is told of the first one, in this order.
  @Test("Rules are tested in their order, and who breaks one changes nothing")
  func order() {
    let keeper = Keeper()
    _ = keeper.post(publication(0, 1))
    _ = keeper.post(publication(1, 2))
    _ = keeper.post(floor(2, 2))
    _ = keeper.post("prune", lease(0, 99, 100))
    let changes = keeper.storage.changes
    func refused(_ members: [String: JSONValue], _ status: Int64, _ code: String, _ why: Comment) {
      let answer = keeper.post(members)
      #expect((answer.status, answer.code) == (status, code), why)
    }
    refused(publication(9, 1, ["by": .null]), 400, "invalid_input", "malformed before known")
    #expect(keeper.post(publication(9, 1)).body["entry"]?["revision"]?.number == 1, "known before moved")
    #expect(
      keeper.post(rollback(9, to: 9, 2)).body["entry"]?["revision"]?.number == 2, "whatever it says now")
    refused(publication(1, 3), 409, "moved", "moved before pruned")
    refused(publication(2, 3), 409, "pruned", "another epoch, and a prune that runs")
    refused(publication(2, 3, ["epoch": .number(1)]), 409, "pruned", "a prune that runs")
    refused(rollback(1, to: 1, 4), 409, "moved", "moved before below the floor")
    refused(rollback(2, to: 1, 4), 409, "below_floor", "below the floor")
    refused(rollback(2, to: 3, 4), 404, "not_found", "a revision yet to come")
    refused(floor(1, 9), 409, "moved", "moved before a floor that is too high")
    refused(floor(2, 3), 400, "invalid_input", "a floor above the newest")
    #expect(keeper.storage.changes == changes)
    #expect(keeper.get("head/default/main").revisions == [2])
  }

  @Test("The lease of a prune ends at its second, and is not prolonged then")
  func leases() {
    let keeper = Keeper()
    _ = keeper.post(publication(0, 1))
    #expect(keeper.post("prune", lease(1, 7, 60)).status == 409, "another epoch")
    #expect(keeper.post("prune", lease(0, 7, 60)).body["epoch"]?.number == 1)
    keeper.now += 59
    #expect(keeper.post(publication(1, 2, ["epoch": .number(1)])).code == "pruned")
    #expect(keeper.post("prune", lease(1, 8, 60)).status == 409, "of somebody else")
    #expect(keeper.post("prune", lease(0, 7, 60)).body["prune_until"]?.number == keeper.now + 60, "prolonged")
    keeper.now += 60
    #expect(keeper.post("prune", lease(0, 7, 60)).code == "pruned")
    #expect(keeper.post("prune", lease(1, 7, 0)).body["prune_until"]?.number == 0, "ended once more")
    #expect(keeper.post(publication(1, 2)).code == "pruned", "what it believes is from before the prune")
    #expect(keeper.post(publication(1, 2, ["epoch": .number(1)])).status == 200)
    #expect(keeper.post("prune", lease(1, 9, 86_401)).status == 400)
    #expect(keeper.post("prune", lease(1, 9, 86_400)).body["epoch"]?.number == 2)
  }

  @Test("The clock of an entry is the object's, in whole seconds")
  func clock() {
    let keeper = Keeper()
    let answer = keeper.post(publication(0, 1, ["at": .number(1)]))
    #expect(answer.body["entry"]?["at"]?.number == keeper.now)
    #expect(answer.body["now"]?.number == keeper.now)
  }

  @Test("A rollback copies what the revision has, and where that came from")
  func origins() {
    let keeper = Keeper()
    for number in 1...3 { _ = keeper.post(publication(Int64(number) - 1, Int64(number))) }
    let back = keeper.post(rollback(3, to: 1, 4)).body["entry"]
    let again = keeper.post(rollback(4, to: 4, 5)).body["entry"]
    for entry in [back, again] {
      #expect(entry?["manifest"]?.text == digits(1, 64))
      #expect(entry?["commit"]?.text == digits(1, 40))
      #expect(entry?["from"]?.number == 1)
      if case .boolean(true)? = entry?["barrier"] {} else { Issue.record("a rollback is a barrier") }
    }
  }

  @Test("Heads do not see each other, and another instance finds them")
  func several() {
    let keeper = Keeper()
    let routes = ["head/default/main", "head/default/a%2Fb", "head/other/main"]
    for route in routes {
      #expect(keeper.post(route, publication(0, 1)).body["entry"]?["revision"]?.number == 1)
    }
    #expect(keeper.post(routes[1], publication(1, 2)).status == 200)
    let later = Keeper(keeper.storage)
    for instance in [keeper, later, keeper] {
      #expect(routes.map { instance.get($0).revisions } == [[1], [2, 1], [1]])
    }
    #expect(
      later.post(routes[1], publication(0, 2)).body["entry"]?["revision"]?.number == 2, "known to it too")
  }

  @Test(
    "What a text says goes into the log as it is",
    arguments: ["'; DROP TABLE log; --", "\"\\\u{1}\n", "ü😀", "", String(repeating: "x", count: 4_000)])
  func texts(author: String) {
    let keeper = Keeper()
    #expect(keeper.post(publication(0, 1, ["by": .text(author)])).body["entry"]?["by"]?.text == author)
    #expect(keeper.get("log/default/main").revisions == [1])
  }

  @Test("A body has up to 8192 bytes")
  func sizes() {
    let keeper = Keeper()
    let body = JSONValue.object(publication(0, 1).map { ($0, $1) }).serialized
    let padded = body + String(repeating: " ", count: 8_192 - body.utf8.count)
    #expect(keeper.ask("POST", "head/default/main", padded + " ").status == 413)
    #expect(keeper.ask("POST", "head/default/main", padded).status == 200)
  }

  /// Requests by chance, beside a few lines that say what is to come of them.
  @Test("Any sequence of requests does what the rules say", arguments: 1...8 as ClosedRange<UInt64>)
  func sequences(seed: UInt64) {
    var chance = Generator(seed: seed)
    let keeper = Keeper()
    var model = Model()
    for step in 1...120 {
      func any(_ most: Int64) -> Int64 { Int64.random(in: 0...most, using: &chance) }
      let newest = Int64(model.log.count)
      let expect = any(3) == 0 ? any(newest + 1) : newest
      let number = any(9) == 0 ? any(Int64(step)) + 1 : Int64(step) + 1_000
      let epoch = any(4) == 0 ? any(model.epoch + 1) : model.epoch
      keeper.now += any(20)
      let (answer, wanted): (Keeper.Answer, String)
      switch any(9) {
      case 0...4:
        answer = keeper.post(publication(expect, number, ["epoch": .number(epoch)]))
        wanted = model.publish(expect, number, epoch, keeper.now)
      case 5, 6:
        let to = any(newest + 1)
        answer = keeper.post(rollback(expect, to: to, number))
        wanted = model.rollBack(expect, to, number)
      case 7:
        let least = any(newest + 1)
        answer = keeper.post(floor(expect, least))
        wanted = model.raise(expect, least)
      default:
        let (id, seconds) = (any(2), any(1) * 30)
        answer = keeper.post("prune", lease(epoch, id, seconds))
        wanted = model.prune(epoch, id, seconds, keeper.now)
      }
      #expect((answer.status == 200 ? "done" : answer.code) == wanted, "step \(step) of seed \(seed)")
      let shown = model.log.indices.map { Int64($0) + 1 }.filter { $0 >= model.floor }.suffix(8).reversed()
      #expect(keeper.get("head/default/main").revisions == Array(shown), "step \(step) of seed \(seed)")
    }
    guard case .array(let entries)? = keeper.get("log/default/main?limit=1000").body["entries"] else {
      Issue.record("no log")
      return
    }
    #expect(entries.reversed().map { $0["manifest"]?.text } == model.log.map { digits($0.manifest, 64) })
    #expect(entries.reversed().map { $0["from"]?.number } == model.log.map(\.origin))
  }
}

/// The rules as they are written (Documentation/kv.md, "Head").
private struct Model {
  var log: [(id: Int64, manifest: Int64, origin: Int64)] = []
  var (floor, epoch, until, pruner): (Int64, Int64, Int64, Int64?) = (0, 0, 0, nil)

  mutating func publish(_ expect: Int64, _ id: Int64, _ epoch: Int64, _ now: Int64) -> String {
    if log.contains(where: { $0.id == id }) { return "done" }
    guard expect == Int64(log.count) else { return "moved" }
    guard epoch == self.epoch, until <= now else { return "pruned" }
    log.append((id, id, Int64(log.count) + 1))
    return "done"
  }

  mutating func rollBack(_ expect: Int64, _ to: Int64, _ id: Int64) -> String {
    if log.contains(where: { $0.id == id }) { return "done" }
    guard expect == Int64(log.count) else { return "moved" }
    guard to >= floor else { return "below_floor" }
    guard to > 0, to <= Int64(log.count) else { return "not_found" }
    log.append((id, log[Int(to) - 1].manifest, log[Int(to) - 1].origin))
    return "done"
  }

  mutating func raise(_ expect: Int64, _ least: Int64) -> String {
    guard expect == Int64(log.count) else { return "moved" }
    guard least <= Int64(log.count) else { return "invalid_input" }
    floor = max(floor, least)
    return "done"
  }

  mutating func prune(_ epoch: Int64, _ id: Int64, _ seconds: Int64, _ now: Int64) -> String {
    if pruner == id {
      guard until > now || seconds == 0 else { return "pruned" }
    } else {
      guard seconds > 0, until <= now, epoch == self.epoch else { return "pruned" }
      (self.epoch, pruner) = (epoch + 1, id)
    }
    until = seconds == 0 ? 0 : now + seconds
    return "done"
  }
}
