import ArgumentParser
import Base
import Glibc
import Terminal

#if CNP_MPI
  import MPILink
#endif

/// The ranks that this process is one of: several where `mpirun` or `srun` has started it as one of several.
enum RankStart {
  /// How starters tell a process that it is one of several: Open MPI's `mpirun`, `srun --mpi=pmix`, `srun --mpi=pmi2`.
  private static let marks = ["OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_RANK"]

  /// The ranks; ends the program where it is started as one of several and can't be that.
  static func ranks() -> Ranks {
    guard marks.contains(where: { environmentVariable($0) != nil }) else { return Ranks(SingleRank()) }
    #if CNP_MPI
      do throws(MPILink.Failure) {
        let link = try MPILink()
        let others = counts.lazy.compactMap { number($0) }.first { $0 > 1 }
        if link.count == 1, let others {
          refuseUnlinked(
            others, "Open MPI has not linked them", "start them by Open MPI's mpirun, or `srun --mpi=pmix`")
        }
        return Ranks(link)
      } catch {
        complain("error[ranks-lost]: \(error.message)")
        exit(3)
      }
    #else
      guard let count = number(counts[0]), count > 1 else { return Ranks(SingleRank()) }
      refuseUnlinked(
        count, "this build of cnp knows no ranks",
        "build it by `make build MPI=1`, or take \(counts[0]) out of the environment of runs that have nothing to do with "
          + "each other")
    #endif
  }

  /// Where starters tell how many processes there are.
  private static let counts = ["OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS"]
  private static func number(_ name: String) -> Int? { environmentVariable(name).flatMap { Int($0) } }

  /// Ends a process that is one of several and knows nothing of the others: each would run the whole book, and write over their
  /// files.
  private static func refuseUnlinked(_ count: Int, _ reason: String, _ hint: String) -> Never {
    let rank = ["OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK"].lazy.compactMap { number($0) }.first
    if (rank ?? 0) == 0 {
      complain("error[ranks-unknown]: \(count) processes were started together, and \(reason)\n  \(hint)")
    }
    exit(3)
  }

  /// Ends what was begun, on all ranks at once.
  static func finish(_ watch: RankWatch?) {
    watch?.stop()
    guard !Ranks.current.isAlone else { return end() }
    // None goes while another one watches it.
    _ = try? Ranks.current.gathered(true)
    end()
  }

  private static func end() {
    #if CNP_MPI
      (Ranks.current.link as? MPILink)?.finish()
    #endif
  }

  /// The threads of each of several ranks where nobody has said: its part of the host's processors, as far as it may use them.
  static var threads: Int? {
    let ranks = Ranks.current
    return ranks.isAlone ? nil : max(1, min(Processor.usableCount, part(of: ranks)))
  }

  /// Says so where the starter has bound each rank to fewer processors than its part of the host.
  static func adviseOnBinding() {
    let ranks = Ranks.current
    let (usable, part) = (Processor.usableCount, part(of: ranks))
    guard !ranks.isAlone, usable < part else { return }
    complain(
      "note: each rank is bound to \(usable) of the \(part) processors that it could have: start them by "
        + "`mpirun --bind-to none`, or `srun --cpus-per-task=\(part)`")
  }

  private static func part(of ranks: Ranks) -> Int { Processor.count / max(1, ranks.link.countOnHost) }

  /// Refuses what only one process can do.
  static func refuse(_ what: String) throws {
    let ranks = Ranks.current
    guard !ranks.isAlone else { return }
    complain(
      "error[several-ranks]: \(what) is for one process, and \(ranks.count) were started together\n"
        + "  start it without mpirun; `mpirun cnp run BOOK` runs a book or a script on several")
    throw ExitCode(2)
  }
}
