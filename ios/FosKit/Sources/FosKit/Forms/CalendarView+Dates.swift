import FosCore
import Foundation

extension CalendarView {
  /// Calendar in which its days begin: the phone's time zone would move them.
  public static let utc = {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    return calendar
  }()

  public var dates: ClosedRange<Date> { Self.date(of: first)...Self.date(of: last) }

  public static func date(of day: Int64) -> Date {
    Date(timeIntervalSince1970: TimeInterval(day * secondsPerDay))
  }

  /// Returns the day of a date, counted from 1970-01-01.
  public static func day(of date: Date) -> Int64 {
    Int64(utc.startOfDay(for: date).timeIntervalSince1970) / secondsPerDay
  }

  private static let secondsPerDay: Int64 = 24 * 60 * 60
}
