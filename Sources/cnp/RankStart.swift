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
      do throws(MPILink.Failure) { return Ranks(try MPILink()) } catch {
        complain("error[ranks-lost]: \(error.message)")
        exit(3)
      }
    #else
      let count = environmentVariable(marks[0]).flatMap { Int($0) } ?? 1
      guard count > 1 else { return Ranks(SingleRank()) }
      // Each would run the whole book, and write over the files of the others.
      if environmentVariable("OMPI_COMM_WORLD_RANK").map({ $0 == "0" }) ?? true {
        complain(
          "error[ranks-unknown]: mpirun has started \(count) processes, and this build of cnp knows no ranks\n"
            + "  build it by `make build MPI=1`, or take OMPI_COMM_WORLD_SIZE out of the environment of runs that have "
            + "nothing to do with each other")
      }
      exit(3)
    #endif
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
