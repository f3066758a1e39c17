import Foundation
import Fuzzing

/// Tries a range of inputs in worker processes, outlives what they do to themselves, and keeps what broke.
struct Campaign {
  let kind: SubjectName
  let root: String
  let seed: UInt64
  let range: Range<Int>
  let jobs: Int
  let folder: String
  let seconds: Double?

  private var next = 0
  private var done = 0
  private var found: [String: [(finding: Finding, count: Int)]] = [:]
  private var findingCount = 0
  private var started = Date()
  private var told = Date()

  init(
    kind: SubjectName, root: String, seed: UInt64, range: Range<Int>, jobs: Int, folder: String, seconds: Double?
  ) {
    (self.kind, self.root, self.seed, self.range) = (kind, root, seed, range)
    (self.jobs, self.folder, self.seconds) = (max(1, jobs), folder, seconds)
    next = range.lowerBound
  }

  /// - Returns: how many inputs broke something.
  mutating func run() throws -> Int {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let trial = try kind.makeTrial(root: root)
    var workers: [WorkerProcess?] = Array(repeating: nil, count: jobs)
    // What is left of a block whose worker was lost.
    var rests: [Range<Int>] = []
    print("\(kind.rawValue): inputs \(range.lowerBound) to \(range.upperBound - 1) of seed \(seed), \(jobs) at a time")
    while true {
      for slot in workers.indices {
        guard let worker = workers[slot] else {
          workers[slot] = try start(trial, slot, after: &rests)
          continue
        }
        switch worker.news() {
        case .working: continue
        case .done: done += worker.range.count
        case .lost(let index, let reason):
          done += max(0, index + 1 - worker.range.lowerBound)
          add(Finding(index: index, fault: Fault("lost: \(reason)")), trial)
          if index + 1 < worker.range.upperBound { rests.append(index + 1..<worker.range.upperBound) }
        }
        workers[slot] = try start(trial, slot, after: &rests)
      }
      for finding in Finding.takeAll(from: folder) { add(finding, trial) }
      if workers.allSatisfy({ $0 == nil }) { break }
      if Date().timeIntervalSince(told) > 10 { tell(workers) }
      usleep(20_000)
    }
    for finding in Finding.takeAll(from: folder) { add(finding, trial) }
    summarise(trial)
    return findingCount
  }

  private mutating func start(
    _ trial: any Trial, _ slot: Int, after rests: inout [Range<Int>]
  ) throws -> WorkerProcess? {
    if let seconds, Date().timeIntervalSince(started) > seconds { return nil }
    var block = rests.popLast()
    if block == nil, next < range.upperBound {
      block = next..<min(range.upperBound, next + trial.blockSize)
      next = block?.upperBound ?? next
    }
    guard let block else { return nil }
    let state = "\(folder)/state-\(slot)"
    return try WorkerProcess(
      arguments: [
        "work", "--kind", kind.rawValue, "--root", root, "--seed", "\(seed)", "--from", "\(block.lowerBound)", "--to",
        "\(block.upperBound)", "--state", state, "--findings", folder,
      ], range: block, statePath: state, patience: trial.patience)
  }

  /// Keeps a finding: the first of a name whole, with its input; of its like only how many there are.
  private mutating func add(_ finding: Finding, _ trial: any Trial) {
    findingCount += 1
    var alike = found[finding.name] ?? []
    alike.append((finding, 1))
    found[finding.name] = alike
    guard alike.count <= 3 else { return }
    let input = trial.input(seed: seed, index: finding.index)
    let path = "\(folder)/\(kind.rawValue)-\(seed)-\(finding.index).\(input.ending)"
    try? Data(input.bytes).write(to: URL(filePath: path))
    print("\n\(finding.name)\(finding.details.isEmpty ? "" : ": \(finding.details)")")
    print("  input: \(path)")
    let program = CommandLine.arguments[0]
    print("  again: \(program) try --kind \(kind.rawValue) --seed \(seed) --input \(finding.index)")
    fflush(nil)
    guard alike.count == 1 else { return }
    if let small = Minimiser(kind: kind, root: root, ending: input.ending, folder: folder).shorten(path, finding) {
      print("  smaller: \(small.path) (\(small.count) bytes)")
      print("  again: \(program) try --kind \(kind.rawValue) \(small.path)")
    }
  }

  private mutating func tell(_ workers: [WorkerProcess?]) {
    told = Date()
    let running = workers.compactMap { $0.map { max(0, $0.index - $0.range.lowerBound) } }.reduce(0, +)
    let total = done + running
    let elapsed = Date().timeIntervalSince(started)
    let rate = Double(total) / elapsed
    print(
      "\(total) of \(range.count) inputs, \(Int(rate)) a second, \(Int(Double(range.count - total) / max(rate, 1))) s left, "
        + "\(findingCount) findings")
    fflush(nil)
  }

  private func summarise(_ trial: any Trial) {
    let elapsed = Date().timeIntervalSince(started)
    print(
      "\n\(done) inputs in \(Int(elapsed)) s, \(Int(Double(done) / max(elapsed, 0.001))) a second, \(findingCount) findings"
    )
    for (name, alike) in found.sorted(by: { $0.key < $1.key }) {
      print(
        "  \(alike.count) × \(name), inputs \(alike.prefix(5).map { "\($0.finding.index)" }.joined(separator: " "))")
    }
    if done < range.count {
      print("to go on: --seed \(seed) --from \(next) --inputs \(range.upperBound - next)")
    }
  }
}
