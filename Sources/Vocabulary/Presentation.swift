import Figures
import Language

/// How a value is shown, in whatever shows it: a terminal, a report.
public enum Presentation: Sendable {
  case text(String)
  case figure(Figure)
  case table(TableValue)
  case metrics(MetricsValue)
}

/// What to show for a value: a picture or a table where it has one, its text otherwise.
///
/// Lists of such values are shown one after the other. Drawing can fail for odd sizes; the text then stands in.
public func presentations(of value: Value) -> [Presentation] {
  if case .list(let values) = value, values.contains(where: isPictured) { return values.flatMap(presentations) }
  guard case .object(let object) = value else { return [.text(display(value))] }
  switch object {
  case let figure as FigureValue: return [.figure(figure.figure)]
  case let table as TableValue: return [.table(table)]
  case let metrics as MetricsValue: return [.metrics(metrics)]
  case let comparison as ComparisonValue: return [.table(comparison.table), .table(comparison.details)]
  case let image as ImageValue: return [.figure(picture(image))]
  case let tensor as TensorValue:
    guard let figure = try? tensor.figure() else { return [.text(tensor.display)] }
    return [.figure(figure)]
  case let mask as MaskValue: return [.figure(.mask(mask.mask, caption: mask.display))]
  case let dataset as DatasetValue:
    return pictured(dataset) { try .contactSheet(dataset.dataset.samples, caption: dataset.display) }
  case let found as PredictionsValue: return pictured(found) { try Drawing.agreementPanel(found, rows: 4) }
  case let network as NetworkValue:
    guard case .object(let table as TableValue)? = try? network.description() else { return [.text(network.display)] }
    return [.table(table)]
  default: return [.text(object.display)]
  }
}

/// An angiogram is drawn brighter where it is dark; maps and what was computed are not, whose numbers mean something.
private func picture(_ image: ImageValue) -> Figure {
  let range = image.isAngiogram ? image.plane.drawnRange : 0...1
  let white = range == 0...1 ? "" : "; drawn with white at \(formatted(Double(range.upperBound), decimals: 3))"
  return .image(image.plane, range: range, caption: image.display + white)
}

private func pictured(_ object: some ObjectValue, draw: () throws -> Figure) -> [Presentation] {
  do { return [.figure(try draw())] } catch { return [.text(object.display)] }
}

private func isPictured(_ value: Value) -> Bool {
  guard case .object(let object) = value else { return false }
  return object is FigureValue || object is TableValue || object is MetricsValue || object is ImageValue
    || object is TensorValue || object is MaskValue || object is ComparisonValue || object is DatasetValue
    || object is PredictionsValue
}
