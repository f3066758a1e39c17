import Base
import Language
import Networks
import Testing
import Vocabulary

/// A training that was stopped at the prompt goes on to the same bits, from another input than the one it began in.
struct ResumeTests {
  /// A session of several inputs, each a cell of its own, each perhaps stopped after so many reports.
  ///
  /// - Parameter cell: draws the random numbers of those inputs that go on, as the prompt sees to.
  private func session(_ inputs: [(program: String, stopsAfter: Int)], resumingAs cell: String? = nil) throws -> (
    session: Session, text: String
  ) {
    let folder = try RecordingHost().folder
    var session = Session(registry: standardRegistry(), seed: 3)
    var text = ""
    for (index, input) in inputs.enumerated() {
      let host = try RecordingHost(in: folder, cancelAfterReports: input.stopsAfter)
      let parsed = parse(Source(input.program, name: "in"), registry: session.registry)
      if let mistake = parsed.diagnostics.first { throw mistake }
      let own = "in-\(index + 1)"
      try session.run(parsed.program, cell: input.program.contains("resume:") ? cell ?? own : own, host: host)
      text += host.text + "\n"
    }
    return (session, text)
  }

  private let data = "eyes = phantom 4 size: 64 seed: 1"
  private let digest = "f = predict net eyes\nprint sum (f[0].map), sum (f[3].map), net.epochs, net.history[2].L"

  private func lastLine(_ text: String) -> Substring? { text.split(separator: "\n").last }

  @Test(arguments: [1, 2, 4, 5])
  func fromTheNetworkThatWasStopped(reports: Int) throws {
    let judge = "discriminator: (patch-discriminator width: 4 layers: 1)"
    let training = "net = train-gan (augment eyes) width: 4 epochs: 3 \(judge)"
    let whole = try session([(data, -1), (training, -1), (digest, -1)]).text
    let stopped = try session(
      [
        (data, -1), (training, reports), ("print net.interrupted", -1), (training + " resume: net", -1),
        ("print net.interrupted", -1), (digest, -1),
      ], resumingAs: "in-2"
    ).text
    #expect(stopped.contains("\ntrue\n") && stopped.contains("going on") && stopped.contains("\nfalse\n"))
    #expect(lastLine(whole) == lastLine(stopped))
  }

  @Test("The network brings those it was trained with; given ones have to be those")
  func withItsOwnNetworks() throws {
    let judge = "discriminator: (patch-discriminator width: 4 layers: 1)"
    let training = "net = train-gan eyes epochs: 3 generator: (unet width: 4 depth: 2) \(judge)"
    let whole = try session([(data, -1), (training, -1), (digest, -1)]).text
    let stopped = try session([
      (data, -1), (training, 3), ("net = train-gan eyes epochs: 3 resume: net", -1), (digest, -1),
    ]).text
    #expect(lastLine(whole) == lastLine(stopped))
    let mistake = #expect(throws: Diagnostic.self) {
      try session([(data, -1), (training, 3), (training + " resume: net", -1)])
    }
    #expect(mistake?.message.contains("other starting weights of the generator, other starting") == true)
  }

  @Test("Where images decide which weights are kept, they have to be the same")
  func otherImagesToValidateOn() throws {
    let training = "net = train-net eyes width: 4 epochs: 3"
    func mistake(_ decision: String, then seed: Int) throws -> String? {
      let images = "validation: (phantom 2 size: 64 seed: "
      do {
        _ = try session([
          (data, -1), ("\(training) \(images)5) \(decision)", 4),
          ("\(training) \(images)\(seed)) \(decision) resume: net", -1),
        ])
        return nil
      } catch let mistake as Diagnostic { return mistake.message }
    }
    #expect(try mistake("keep: best", then: 6)?.contains("it had other images to validate on") == true)
    #expect(try mistake("patience: 9", then: 6)?.contains("it had other images to validate on") == true)
    #expect(try mistake("keep: best", then: 5) == nil)
    #expect(try mistake("", then: 6) == nil, "a look at others changes no weights")
  }

  @Test("A training that has yet to begin when the program is stopped does not")
  func stoppedBefore() throws {
    let inner = "(train-net eyes width: 4 epochs: 2)"
    let mistake = #expect(throws: Diagnostic.self) {
      try session([(data, -1), ("net = train-gan eyes width: 4 epochs: 2 generator: \(inner)", 1)])
    }
    #expect(mistake?.code == "interrupted")
  }

  @Test func throughAFile() throws {
    let training = "net = train-net (augment eyes) width: 4 epochs: 3"
    let whole = try session([(data, -1), (training, -1), (digest, -1)]).text
    let saved = try session([
      (data, -1), (training, 3), ("save net \"half.safetensors\"\nnet = none", -1),
      (training + " resume: (open \"half.safetensors\")", -1), (digest, -1),
    ]).text
    #expect(lastLine(whole) == lastLine(saved))
    let kept = try session([
      (data, -1), (training + " checkpoint: \"c\" resume: true", 4), (training + " checkpoint: \"c\" resume: true", -1),
      (digest, -1),
    ]).text
    #expect(kept.contains("going on in epoch 2"))
    #expect(lastLine(whole) == lastLine(kept))
  }

  @Test("A file is not replaced by less of the same training, nor by a shorter one")
  func longerTrainingsAreKept() throws {
    let folder = try RecordingHost().folder
    func train(_ options: String, stoppingAfter reports: Int = -1) throws -> String {
      let host = try RecordingHost(in: folder, cancelAfterReports: reports)
      return try run("\(data)\nnet = train-net eyes width: 4 checkpoint: \"c\" seed: 5 \(options)", on: host)
    }
    func mistake(_ options: String) -> Diagnostic? {
      #expect(throws: Diagnostic.self) { _ = try train(options) }
    }
    _ = try train("epochs: 3")
    let whole = try readFile("\(folder)/c")
    let shorter = mistake("epochs: 2")
    #expect(shorter?.code == "checkpoint-longer" && shorter?.hint?.contains("resume: true") == true)
    #expect(mistake("epochs: 2 rate: 1e-3")?.code == "checkpoint-longer", "another training too")
    #expect(try readFile("\(folder)/c") == whole)
    // The same once more, stopped in its first epoch: the file is further on.
    _ = try train("epochs: 3", stoppingAfter: 5)
    #expect(try readFile("\(folder)/c") == whole)
    _ = try train("epochs: 3")
    #expect(try readFile("\(folder)/c") == whole)
    _ = try train("epochs: 4")
    #expect(try CheckpointOutline(decoding: try readFile("\(folder)/c"), at: "c").epochs == 4)
    // Another training of as many epochs takes its place.
    _ = try train("epochs: 4 rate: 1e-3")
    #expect(try CheckpointOutline(decoding: try readFile("\(folder)/c"), at: "c").options.rate == 1e-3)
    try run("\(data)\nsave (eyes[0].image) \"p.png\"", on: try RecordingHost(in: folder))
    let picture = #expect(throws: Diagnostic.self) {
      try run(
        "\(data)\ntrain-net eyes width: 4 epochs: 1 checkpoint: \"p.png\"", on: try RecordingHost(in: folder))
    }
    #expect(picture?.code.hasPrefix("safetensors-") == true)
  }

  @Test("A stopped network predicts with statistics of its images; short runs with running averages are warned of")
  func statisticsOfShortRuns() throws {
    let training = "net = train-net eyes width: 4 epochs: 9 rate: 1e-3 seed: 5"
    let look = "print mean (predict net eyes)[0].map"
    let stopped = try session([(data, -1), (training, 16), (look, -1)]).text
    #expect(stopped.contains("stopped") && !stopped.contains("note:"))
    let lagging = try session([(data, -1), ("\(training) statistics: running", 16), (look, -1)]).text
    #expect(lastLine(stopped) != lastLine(lagging))
    let running = try session([(data, -1), ("\(training) statistics: running", -1)]).text
    #expect(running.contains("note: batch norm predicts with running averages that are to 83 % what they began with"))
    #expect(running.contains("18 steps are few for a momentum of 0.99; `statistics: population` measures them"))
    let enough = try session([(data, -1), ("\(training) bn-momentum: 0.7 statistics: running", -1)]).text
    #expect(!enough.contains("note:"))
  }

  @Test func twiceAndOnTopOfAnother() throws {
    let first = "net = train-net eyes width: 4 epochs: 1"
    let second = "net = train-net eyes from: net epochs: 2"
    let whole = try session([(data, -1), (first, -1), (second, -1), (digest, -1)]).text
    let stopped = try session([
      (data, -1), (first, -1), (second, 1), (second + " resume: net", 2), (second + " resume: net", -1), (digest, -1),
    ]).text
    #expect(lastLine(whole) == lastLine(stopped))
  }

  @Test func whatCannotGoOn() throws {
    let prelude = "eyes = phantom 2 size: 64 seed: 1\nnet = train-net eyes width: 4 epochs: 1\n"
    #expect(try mistake(in: prelude + "train-net eyes width: 4 epochs: 2 resume: net") == "nothing-to-resume")
    #expect(try mistake(in: prelude + "train-net eyes width: 4 epochs: 2 resume: true") == "nothing-to-resume")
    func code(_ program: String) throws -> String? {
      do {
        _ = try session([(data, -1), ("net = train-net eyes width: 4 epochs: 3", 3), (program, -1)])
        return nil
      } catch let mistake as Diagnostic { return mistake.code }
    }
    #expect(try code("train-net (phantom 4 size: 64 seed: 2) width: 4 epochs: 3 resume: net") == "checkpoint-differs")
    #expect(try code("train-net eyes width: 4 epochs: 3 rate: 1e-3 resume: net") == "checkpoint-differs")
    #expect(try code("train-net eyes width: 8 epochs: 3 resume: net") == "checkpoint-differs")
    #expect(try code("train-net eyes width: 4 epochs: 5 resume: net") == nil, "more epochs may be asked for")
  }
}
