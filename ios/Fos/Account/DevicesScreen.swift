import FosCore
import FosKit
import SwiftUI

/// Devices on which the member is signed in, and the action that ends a session elsewhere.
struct DevicesScreen: View {
  let state: ScreenState<DevicesView>
  let send: ActionHandler<DevicesModel.Action>
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    ViewScaffold(
      name: "devices", title: environment.phrase(.devices), state: state,
      retry: { send(.retry) },
      rows: { view in
        Text(view.text).onPage()
        ForEach(view.devices, id: \.id) { device in Section { row(of: device) }.onCard() }
      })
  }

  @ViewBuilder private func row(of device: DeviceView) -> some View {
    Label {
      VStack(alignment: .leading) {
        Text(device.name).font(.headline)
        Text(device.line).font(.callout).foregroundStyle(.secondary)
        if let current = device.current { Chip(chip: current) }
      }
    } icon: {
      Symbol("mobile").foregroundStyle(.secondary)
    }
    .accessibilityElement(children: .combine)
    .accessibilityActions {
      if let end = device.end {
        Button(end.label) { send(.end(device.id)) }.disabled(state.working)
      }
    }
    if let end = device.end {
      ActionButton(action: end.keyed("end:\(device.id)"), symbol: "logout", role: .destructive) {
        send(.end(device.id))
      }
      .disabled(state.working)
      .accessibilityLabel("\(end.label), \(device.name)")
    }
  }
}
