#!/usr/bin/env bash
# One book on two machines under Slurm: sbatch examples/slurm.sh BOOK [OPTIONS OF cnp run]
#
# `cnp` is a build with MPI (make build MPI=1), and the book lies where all machines see it. Every rank computes its part of
# what `compare`, `tune`, `predict` and `segment` do, and of every batch of a training; the results are the same bits for any number of ranks and threads. The
# first rank alone writes. A job that is stopped, or ends for want of time, is submitted again as it was, with as many ranks
# as there are then: it goes on from the last states of its trainings.
#SBATCH --job-name=cnp
#SBATCH --nodes=2
#SBATCH --ntasks-per-node=4
#SBATCH --cpus-per-task=8
#SBATCH --time=12:00:00
# Two minutes before the time is up all ranks are asked to stop, as by Ctrl-C: srun and mpirun pass this signal on.
#SBATCH --signal=B:USR1@120
set -euo pipefail

book=${1:?usage: sbatch slurm.sh BOOK [OPTIONS OF cnp run]}
shift

if srun --mpi=list 2>&1 | grep -q pmix; then
  exec srun --mpi=pmix --cpus-per-task="$SLURM_CPUS_PER_TASK" --kill-on-bad-exit=1 \
    cnp run "$book" --threads "$SLURM_CPUS_PER_TASK" "$@"
fi
# Without PMIx in Slurm, Open MPI starts the ranks itself.
exec mpirun --bind-to none \
  cnp run "$book" --threads "$SLURM_CPUS_PER_TASK" "$@"
