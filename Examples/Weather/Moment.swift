internal import ByteText

/// The moment that a text in ISO 8601 names, in milliseconds since 1970: `YYYY-MM-DDThh:mm[:ss[.fff]]` and `Z` or an offset.
/// Nil for anything else.
func moment(_ text: Bytes) -> Int64? {
  var place = 0
  func number(_ count: Int, _ most: Int64) -> Int64? {
    let number = text.part(place, place + count).decimal
    place += count
    return place <= text.count && number >= 0 && number <= most ? number : nil
  }
  func skip(_ byte: UInt8) -> Bool {
    guard text[place] == byte else { return false }
    place += 1
    return true
  }
  guard let year = number(4, 9_999), skip(0x2d), let month = number(2, 12), month > 0, skip(0x2d),
    let day = number(2, 31), day > 0, day <= length(of: month, year), skip(0x54), let hour = number(2, 23),
    skip(0x3a),
    let minute = number(2, 59)
  else { return nil }
  var (second, milliseconds): (Int64, Int64) = (0, 0)
  if skip(0x3a) {
    guard let read = number(2, 59) else { return nil }
    second = read
    if skip(0x2e) {
      var weight: Int64 = 100
      guard text[place].isDigit else { return nil }
      while text[place].isDigit {
        milliseconds += Int64(text[place] - 0x30) &* weight
        weight /= 10
        place += 1
      }
    }
  }
  var offset: Int64 = 0
  if !skip(0x5a) {
    let isBehind = text[place] == 0x2d
    guard isBehind || text[place] == 0x2b else { return nil }
    place += 1
    guard let hours = number(2, 23), skip(0x3a), let minutes = number(2, 59) else { return nil }
    offset = (hours &* 60 + minutes) &* (isBehind ? -60 : 60)
  }
  guard place == text.count else { return nil }
  let seconds = days(year, month, day) &* 86_400 + hour &* 3_600 + minute &* 60 + second - offset
  return seconds &* 1_000 + milliseconds
}

private func length(of month: Int64, _ year: Int64) -> Int64 {
  if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31
}

/// The days from 1970 to a date, in years that begin in March.
private func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
  let shifted = (month <= 2 ? year - 1 : year) + 400
  let era = shifted / 400
  let yearOfEra = shifted % 400
  let dayOfYear = (153 &* (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
  return era &* 146_097 + yearOfEra &* 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468 - 146_097
}
