import Figures
import Language

/// A page about one eye, to be filed.
public struct ClinicalReportValue: ObjectValue {
  let page: Figure.Page

  init(_ page: Figure.Page) { self.page = page }

  public static let typeName = "clinical-report"
  public static let meaning = "a page about one eye, to be filed: as .pdf, .html, .svg or .png"
  public static let members = [
    MemberDeclaration("figure", .object(FigureValue.typeName), "the page as a picture"),
    MemberDeclaration("lines", .list(of: .text), "whose eye, when and how"),
  ]

  public var summary: String { "clinical report: \(page.lines.first ?? page.title)" }

  public func member(_ name: String) throws -> Value {
    switch name {
    case "lines": .list(page.lines.map { .text($0) })
    default: .object(FigureValue(try .page(page)))
    }
  }
}

extension ClinicalReportValue: ShownByFigure {
  var figure: Figure { get throws { try .page(page) } }
}

extension ClinicalReportValue: Savable {
  static let fileForm = FileForm(
    "clinical reports", .oneOf(["pdf", "html", "svg", "png"]),
    "clinical reports are written as .pdf, .html, .svg or .png")

  func write(to target: FileTarget) throws {
    guard let format = FigureFormat(rawValue: target.ending) else { return try target.write(Array(html.utf8)) }
    try target.write(Figure.page(page).file(format))
  }

  /// The page with its texts as texts, its pictures as drawings inside it; it stands alone.
  private var html: String {
    get throws {
      let pictures = try page.pictures.map { picture in
        let drawing = String(decoding: try picture.pageDrawing(), as: UTF8.self)
        return "<figure>\(picture.pageDrawingOpening(attributes: "role=\"img\""))\(drawing)</figure>"
      }
      let tables = page.tables.map { table in
        let rows = table.rows.enumerated().map { index, row in
          let tag = index == 0 ? "th" : "td"
          return "<tr>\(row.map { "<\(tag)>\(escaped($0))</\(tag)>" }.joined())</tr>"
        }
        return "<h2>\(escaped(table.title))</h2><table>\(rows.joined())</table>"
      }
      return """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(escaped(page.title)) – \(escaped(page.lines.first ?? ""))</title>
        <style>
        body { font: 15px/1.45 sans-serif; max-width: 56rem; margin: 2rem auto; padding: 0 1rem; color: #1f1f1f; background: #fff }
        .pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 1rem } figure { margin: 0 } svg { width: 100%; height: auto }
        h1 { font-size: 1.5rem; margin: 0 } h2 { font-size: 1.1rem; margin: 1.2rem 0 .3rem } table { border-collapse: collapse }
        th, td { text-align: left; padding: .15rem 1rem .15rem 0; border-bottom: 1px solid #ddd } p { margin: .4rem 0 }
        .warning { font-weight: bold; border-top: 1px solid #888; padding-top: .6rem; margin-top: 1.5rem }
        @media print { body { margin: 0; max-width: none; font-size: 11px } @page { size: A4; margin: 15mm } }
        </style></head><body>
        <h1>\(escaped(page.title))</h1>
        \(page.lines.map { "<p>\(escaped($0))</p>" }.joined(separator: "\n"))
        <div class="pictures">\(pictures.joined(separator: "\n"))</div>
        \(tables.joined(separator: "\n"))
        \(page.paragraphs.map { "<p>\(escaped($0))</p>" }.joined(separator: "\n"))
        <p class="warning">\(escaped(page.warning))</p>
        </body></html>

        """
    }
  }

  private func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
    return result
  }
}

extension ClinicalReportValue {
  public func encode(to encoder: any Encoder) throws { try page.encode(to: encoder) }
  public init(from decoder: any Decoder) throws { self.init(try Figure.Page(from: decoder)) }
}
