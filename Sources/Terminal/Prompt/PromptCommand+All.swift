extension PromptCommand {
  /// Every one, in the order that help lists them.
  package static let all: [PromptCommand] = [
    PromptCommand("help", "this page") { prompt, _ in prompt.screen.writeProse(page) },
    PromptCommand("names", "the names that are bound, with their values") { prompt, _ in prompt.listNames() },
    PromptCommand(
      "history", takes: .word("N"), "the inputs of this session; with a number, that many of the last"
    ) { prompt, operand in
      guard let count = prompt.number(operand, of: "history", default: 20) else { return }
      prompt.screen.write(prompt.transcript.listing(last: count))
    },
    PromptCommand("undo", "take back the last input that worked: every name is as it was before (files stay written)") {
      prompt, _ in prompt.undo()
    },
    PromptCommand(
      "edit", takes: .word("N"),
      "open an input (the last one, or that of a number) in $EDITOR; what you leave there comes to the prompt"
    ) { $0.edit($1) },
    PromptCommand(
      "save", takes: .newFileAndInputs,
      "write what worked, or of that some inputs (3-9, or 2,5), as a book with its outputs; `cnp run FILE` gives them again"
    ) { $0.save($1) },
    PromptCommand(
      "load", takes: .program,
      "open a book (its params may follow: epochs=3) for `:next` to walk through; of a script: run it here"
    ) { $0.load($1) },
    PromptCommand(
      "next", takes: .word("N"),
      "show the next prose and cell of the loaded book, and run the cell; a number: so many; all: the rest"
    ) { $0.next($1) },
    PromptCommand(
      "solution", takes: .word("LABEL"),
      "show the solution that a loaded book has for its exercise; ↑ brings it to the prompt"
    ) { $0.showSolution($1) },
    PromptCommand("jobs", "what runs in the background", isBareWord: true) { prompt, _ in prompt.listJobs() },
    PromptCommand(
      "watch", takes: .word("N"), "follow a background job; Ctrl-C stops watching, not the job", isBareWord: true
    ) { $0.watchJob($1) },
    PromptCommand(
      "stop", takes: .word("N"), "stop a background job after its current step; what it has so far is kept",
      isBareWord: true
    ) { $0.stopJob($1) },
    quit,
  ]

  static let quit = PromptCommand("quit", "leave, as Ctrl-D does") { prompt, _ in prompt.leave() }
}
