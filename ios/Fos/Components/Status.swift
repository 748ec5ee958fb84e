import FosCore
import SwiftUI

/// Symbol by its name in a view. VoiceOver skips it unless `says` is given: the text beside it is read.
struct Symbol: View {
  private let name: String
  private let says: String?

  init(_ name: String, says: String? = nil) {
    self.name = name
    self.says = says
  }

  var body: some View {
    Image(systemName: Symbols.of(name)).accessibilityLabel(says ?? "").accessibilityHidden(
      says == nil)
  }
}

/// Symbol on a coloured tile, at the start of a card.
struct SymbolTile: View {
  let name: String
  var quiet = false
  @ScaledMetric(relativeTo: .headline) private var side = Tokens.Size.iconTile

  var body: some View {
    Symbol(name)
      .font(.title2)
      .foregroundStyle(quiet ? Tokens.onSurfaceVariant : Tokens.onPrimaryContainer)
      .frame(width: side, height: side)
      .background(
        quiet ? Tokens.surfaceContainerHighest : Tokens.primaryContainer,
        in: .rect(cornerRadius: Tokens.Radius.tile))
  }
}

/// Chip that shows a state by a symbol and a word, never by colour alone.
struct Chip: View {
  let chip: ChipView

  var body: some View {
    Label(chip.text, symbol: chip.icon)
      .font(.subheadline.weight(.semibold))
      .foregroundStyle(chip.tone.onGround)
      .padding(.horizontal, Tokens.Space.xs)
      .padding(.vertical, Tokens.Space.xxs)
      .background(chip.tone.ground, in: .rect(cornerRadius: Tokens.Radius.tag))
  }
}

/// Progress of a first access: done, current and later steps; one element for VoiceOver.
struct Steps: View {
  let steps: StepsView

  var body: some View {
    VStack(alignment: .leading, spacing: Tokens.Space.xs) {
      ProgressBars(count: steps.total, ink: ink)
      Text(steps.text).font(.subheadline.weight(.semibold)).foregroundStyle(.secondary)
    }
    .accessibilityElement(children: .combine)
    .onPage()
  }

  private func ink(of step: UInt32) -> Color {
    if step == steps.current { return Tokens.tertiary }
    return step < steps.current ? Tokens.primary : Tokens.surfaceContainerHighest
  }
}

/// Bars beside each other, each in a colour of its own.
struct ProgressBars: View {
  let count: UInt32
  let ink: (UInt32) -> Color

  var body: some View {
    HStack(spacing: Tokens.Space.xs) {
      ForEach(1..<count + 1, id: \.self) {
        Capsule().fill(ink($0)).frame(height: Tokens.Size.progress)
      }
    }
  }
}

/// Logo: eight tiles, of which one is lit.
struct Mark: View {
  let tiles: Color
  let lit: Color

  var body: some View {
    ZStack {
      ForEach(0..<Tokens.Mark.tiles, id: \.self) { place in
        Tile(place: place).fill(place == Tokens.Mark.brassTile ? lit : tiles)
      }
    }
    .accessibilityHidden(true)
  }
}

/// One tile of the mark, clockwise from the top.
private struct Tile: Shape {
  let place: Int

  func path(in rect: CGRect) -> Path {
    let turn = Double(place) * 360 / Double(Tokens.Mark.tiles)
    let size = min(rect.width, rect.height) / 2
    let point = { (part: Double, degrees: Double) in
      let angle = (turn + degrees) * .pi / 180
      return CGPoint(
        x: rect.midX + size * part * sin(angle), y: rect.midY - size * part * cos(angle))
    }
    let mark = Tokens.Mark.self
    return Path { path in
      path.move(to: point(mark.inner, 0))
      path.addLine(to: point(mark.side, mark.sideAngleDeg))
      path.addLine(to: point(mark.tip, 0))
      path.addLine(to: point(mark.side, -mark.sideAngleDeg))
      path.closeSubpath()
    }
  }
}
