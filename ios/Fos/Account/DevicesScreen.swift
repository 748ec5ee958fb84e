import FosCore
import FosKit
import SwiftUI

/// Devices on which the member is signed in, and the action that ends a session elsewhere.
struct DevicesScreen: View {
  let view: DevicesView?
  var problem: String?
  var working = false
  let send: ActionHandler<DevicesModel.Action>
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    ScreenScaffold(name: "devices", title: environment.phrase(.devices), problem: problem) {
      if problem != nil { RetryButton { send(.retry) }.onPage() }
      if let view {
        Text(view.text).onPage()
        ForEach(view.devices, id: \.id) { device in
          Section { row(of: device) }.onCard()
        }
      } else if problem == nil {
        LoadingIndicator().onPage()
      }
    }
  }

  @ViewBuilder private func row(of device: DeviceView) -> some View {
    HStack(alignment: .firstTextBaseline, spacing: Tokens.Space.s) {
      Symbol("mobile").foregroundStyle(.secondary)
      VStack(alignment: .leading) {
        Text(device.name).font(.headline)
        Text(device.line).font(.callout).foregroundStyle(.secondary)
        if let current = device.current { Chip(chip: current) }
      }
    }
    .accessibilityElement(children: .combine)
    .accessibilityActions {
      if let end = device.end { Button(end.label) { send(.end(device.id)) }.disabled(working) }
    }
    if let end = device.end {
      DestructiveButton(label: end.label, key: "end:\(device.id)", symbol: "logout") {
        send(.end(device.id))
      }
      .disabled(working)
      .accessibilityLabel("\(end.label), \(device.name)")
    }
  }
}
