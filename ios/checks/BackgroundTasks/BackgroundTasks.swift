// Declarations only, as Apple documents them:
// https://developer.apple.com/documentation/backgroundtasks/bgtaskscheduler
import Foundation

open class BGTaskScheduler: NSObject {
  open class var shared: BGTaskScheduler { fatalError() }
  open func submit(_ taskRequest: BGTaskRequest) throws {}
  open func cancel(taskRequestWithIdentifier identifier: String) {}
}
open class BGTaskRequest: NSObject {}
open class BGAppRefreshTaskRequest: BGTaskRequest {
  public init(identifier: String) {}
}
