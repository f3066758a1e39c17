import Language
import Vocabulary

extension Manual {
  /// How a book is written.
  var booksChapter: ManualText {
    ManualText(heading: 2, "Books") { text in
      text.paragraph(
        "A book is a text file, `eyes.cnpbook`: a front matter between two lines `---`, then Markdown with cells.")
      text.code(BookPage.example, info: "markdown")
      text.heading(3, "The front matter")
      Self.table(of: FrontMatterKey.self, in: &text)
      text.heading(3, "Params")
      text.paragraph("Each param is a name of the language with its declaration in braces:")
      Self.table(of: ParameterKey.self, in: &text)
      text.paragraph("The types, each with a param of it:")
      Self.table(of: ParameterType.self, in: &text)
      text.heading(3, "Cells")
      text.paragraph(
        "A cell is a fence with the info string `cnp`, at the left margin; other fences are prose. Its first lines may be options:"
      )
      Self.table(of: CellOption.self, mark: "#| ", in: &text)
      text.heading(3, "Using a book")
      text.table(
        ["line", "what it does"], BookPage.uses.map { [ManualText.code($0.name), ManualText.prose($0.text)] })
      text.paragraph(BookPage.paths)
    }
  }

  private static func table<Word: BookWord>(of words: Word.Type, mark: String = "", in text: inout ManualText) {
    text.table(
      ["name", "as", "what it says"],
      words.allCases.map { word in
        [ManualText.code(word.rawValue), ManualText.code(mark + word.example), ManualText.prose(word.meaning)]
      })
  }

  /// The subcommands with their options.
  var programChapter: ManualText {
    ManualText(heading: 2, "The program") { text in
      text.paragraph(program.abstract)
      for command in program.subcommands {
        text.heading(3, "cnp \(command.name)")
        text.paragraph(command.abstract)
        text.code(command.usage)
        text.table(
          ["option", "what it does"],
          command.arguments.map { argument in
            let value = argument.defaultValue.map { " Default \(ManualText.code($0))." } ?? ""
            return [ManualText.code(argument.form), ManualText.prose(argument.abstract) + value]
          })
        text.paragraph(command.discussion)
      }
    }
  }

  /// What is for the prompt itself.
  var promptChapter: ManualText {
    ManualText(heading: 2, "The prompt") { text in
      func rows(_ rows: [(name: String, text: String)]) -> [[String]] {
        rows.map { [ManualText.code($0.name), ManualText.prose($0.text)] }
      }
      text.table(["line", "what it does"], rows(promptCommands))
      text.table(["key", "what it does"], rows(keys))
    }
  }
}
