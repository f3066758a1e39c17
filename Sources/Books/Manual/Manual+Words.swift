import Angiography
import Language
import Vocabulary

extension Manual {
  /// Measures with their formulas, and every other word that the program prints.
  var wordsChapter: ManualText {
    ManualText(heading: 2, "Measures and words") { text in
      text.paragraph("What `explain IoU` says at the prompt.")
      text.table(
        ["measure", "in files", "as", "best"],
        Measure.all.map { measure in
          [
            ManualText.prose(measure.heading), ManualText.code(measure.name),
            measure.isFraction ? "a fraction, per cent in tables" : "px of the image", Self.best(measure),
          ]
        })
      for (title, terms) in Term.groups {
        text.heading(3, title)
        for term in terms {
          text.heading(4, term.names[0])
          let others = term.names.dropFirst().map(ManualText.prose).joined(separator: ", ")
          if !others.isEmpty { text.paragraph("Also: \(others).") }
          text.screenText(term.text)
        }
      }
    }
  }

  private static func best(_ measure: Measure) -> String {
    switch measure.better {
    case .higher: "high"
    case .lower: "low"
    case .nearerZero: "near 0"
    }
  }

  /// Every code of a mistake or a warning.
  var codesChapter: ManualText {
    ManualText(heading: 2, "Codes of mistakes and warnings") { text in
      text.paragraph(
        "Each stands in brackets before its message, as `error[unknown-name]`. `cnp check --codes` writes all of them with a program that gives each, and what is answered."
      )
      for chapter in CodeCatalogue.chapters {
        text.heading(3, "Codes: \(chapter.title)")
        text.table(
          ["code", "what is wrong", "for example"],
          chapter.entries.map { entry in
            [ManualText.code(entry.code), ManualText.prose(entry.meaning), Self.example(of: entry)]
          })
      }
    }
  }

  /// A short program, or what gives the code where none can; empty for longer programs.
  private static func example(of entry: CodeEntry) -> String {
    switch entry.example {
    case .circumstance(let words): return ManualText.prose(words)
    case .program(let program):
      let isShort = program.count <= 60 && !program.contains { $0.isNewline } && visible(program) == program
      return isShort ? ManualText.code(program) : ""
    }
  }
}
