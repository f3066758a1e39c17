import ArgumentParser
import Benchmarks
import Glibc
import Kernels

/// `cnp bench`: how fast the engine is here. `make bench` sets it against its peers.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Time the engine, or show where the time of a training step goes.",
    discussion: """
      Rows: \(BenchmarkRow.forms.joined(separator: ", ")). A row is run once for warming up, then --repetitions \
      times. `make bench` runs all of them beside PyTorch, ONNX Runtime, OpenVINO and scikit-image. Under mpirun, ranks \
      share the steps of gan-step rows and of --digest.
      """)

  @OptionGroup var machine: MachineOptions
  @ArgumentParser.Argument(help: "What to time, as gan-step-256-16-2.")
  var rows: [String] = []
  @Option(help: "How often each row is timed.")
  var repetitions = 5
  @Flag(help: "Show where the time of a training step goes.")
  var profile = false
  @Option(help: "With --profile, the height and width of the images.")
  var size = 256
  @Option(help: "With --profile, the channels of both networks' first layers.")
  var width = 16
  @Option(help: "With --profile, how many images a step learns from.")
  var batch = 2
  @Flag(
    help: """
      Measure how time and peak memory of a training step and of a prediction grow with side, width, batch and images, and \
      estimate the paper's full training.
      """)
  var scaling = false
  @Option(help: "With --scaling, how many seconds measuring may take; what would take longer is left out.")
  var seconds = 180
  @Flag(help: "Train a few steps and print a digest of all weights: the same on every build and machine.")
  var digest = false
  @Flag(help: "Answer `time ROW` and `inspect ROW FOLDER` from standard input, a line of JSON each.")
  var serve = false

  func validate() throws {
    for (name, value) in [
      ("repetitions", repetitions), ("size", size), ("width", width), ("batch", batch),
      ("seconds", seconds),
    ] {
      guard (1...4096).contains(value) else {
        throw ValidationError("--\(name) is \(value), but must be from 1 to 4096")
      }
    }
    if rows.isEmpty && !profile && !scaling && !serve && !digest {
      throw ValidationError("name a row to time, or ask for --profile, --scaling or --digest")
    }
  }

  /// Whether several ranks can do it together: steps of trainings, whose batches they share.
  var isForRanks: Bool { !profile && !scaling && !serve && rows.allSatisfy { $0.hasPrefix("gan-step-") } }

  func run() throws {
    try machine.prepare()
    do throws(BenchmarkError) {
      var server = BenchmarkServer()
      if digest { say(try trainingDigest()) }
      if profile { show(try StepProfile(size: size, width: width, batch: batch)) }
      if scaling { try showScaling() }
      for row in rows { try time(row, by: &server) }
      while serve, let line = readLine() {
        say(server.answer(line))
      }
    } catch {
      complain([error.message, error.hint].compactMap { $0 }.joined(separator: "\n"))
      throw ExitCode(2)
    }
  }

  private func time(_ row: String, by server: inout BenchmarkServer) throws(BenchmarkError) {
    _ = try server.measure(row)
    var seconds: [Double] = []
    var operations: Int?
    var peak = 0.0
    for _ in 0..<repetitions {
      let (measurement, count) = try server.measure(row)
      seconds.append(measurement.seconds)
      operations = count
      peak = measurement.peakMebibytes
    }
    seconds.sort()
    let median = seconds[seconds.count / 2]
    let speed = operations.map { ", \(rounded(Double($0) / median / 1e9, 1)) GFLOP/s" } ?? ""
    say(
      "\(row): \(milliseconds(median)) ms (\(milliseconds(seconds[0])) to \(milliseconds(seconds.last ?? median)))"
        + "\(speed), peak memory \(rounded(peak, 0)) MiB")
  }

  private func show(_ profile: StepProfile) {
    say(
      "One training step, \(size)×\(size), width \(width), batch \(batch): \(milliseconds(profile.seconds)) ms")
    for (title, entries) in [("operation", profile.operations), ("layer", profile.layers)] {
      say(
        "\n\("times".leftPadded(6))\("ms".leftPadded(11))\("share".leftPadded(8))"
          + "\("GFLOP/s".leftPadded(9))  \(title)")
      for entry in entries {
        let speed = entry.floatingPointOperations > 0 ? rounded(entry.gigaflops, 1) : ""
        say(
          "\(entry.count)".leftPadded(6) + milliseconds(entry.seconds).leftPadded(11)
            + "\(rounded(100 * profile.share(of: entry), 1)) %".leftPadded(8) + speed.leftPadded(9)
            + "  \(entry.name) \(entry.direction)")
      }
    }
  }
}

private func milliseconds(_ seconds: Double) -> String { rounded(seconds * 1000, 2) }

/// With that many digits after the point.
private func rounded(_ value: Double, _ digits: Int) -> String {
  let scale = digits == 0 ? 1 : digits == 1 ? 10 : 100
  let whole = Int((value * Double(scale)).rounded())
  guard digits > 0 else { return "\(whole)" }
  let fraction = "\(whole % scale)"
  return "\(whole / scale)." + String(repeating: "0", count: digits - fraction.count) + fraction
}

extension String {
  func leftPadded(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
