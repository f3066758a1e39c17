import ArgumentParser
import Books
import Language

/// What a book is run or checked with.
struct BookOptions: ParsableArguments {
  @Option(
    name: [.customShort("P"), .customLong("param")],
    help:
      "A value for one of the book's params: -P name=value, -Pname=value. A path starts at the working folder, or at your home with ~/."
  )
  var parameters: [String] = []

  @Option(
    name: .customLong("params"), help: "A YAML file with values for the book's params; paths in it start at its folder."
  )
  var parameterFiles: [String] = []

  /// Values from files first, so that those on the command line replace them.
  func given() throws(BookMistakes) -> [ParameterValues.Given] {
    var given: [ParameterValues.Given] = []
    var mistakes: [Diagnostic] = []
    for file in parameterFiles {
      do { given += try ParameterValues.read(file: file) } catch { mistakes += error.diagnostics }
    }
    for argument in parameters {
      do { given.append(try ParameterValues.Given(argument: argument)) } catch { mistakes.append(error) }
    }
    guard mistakes.isEmpty else { throw BookMistakes(mistakes) }
    return given
  }

  /// The same; ends the program where something is wrong with them.
  ///
  /// - Parameter report: shows what is wrong.
  func given(report: ([Diagnostic]) -> Void) throws -> [ParameterValues.Given] {
    do { return try given() } catch {
      report(error.diagnostics)
      throw ExitCode(ExitStatus.refused.rawValue)
    }
  }

  /// The runs that are asked for where a param has several values; `nil` where each has one. Ends the program where
  /// something is wrong with them.
  func grid(
    _ given: [ParameterValues.Given], ofBookAt path: String, report: ([Diagnostic]) -> Void
  ) throws -> ParameterGrid? {
    do { return try ParameterGrid(given, ofBookAt: path) } catch {
      report(error.diagnostics)
      throw ExitCode(ExitStatus.refused.rawValue)
    }
  }
}
