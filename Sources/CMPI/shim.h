// Open MPI for Swift: the few calls that ranks need, with its constants, which are macros, behind functions. Every call but
// `mpi_end_all` answers 0, or MPI's error code.
#pragma once
#include <mpi.h>
#include <stdlib.h>

/// A request that stays where it is until `mpi_free`.
typedef struct { MPI_Request request; } mpi_pending;

/// Begins; the calls may come from several threads, one at a time.
static inline int mpi_begin(int *rank, int *count, int *count_on_host) {
  int provided, code = MPI_Init_thread(NULL, NULL, MPI_THREAD_SERIALIZED, &provided);
  if (code || provided < MPI_THREAD_SERIALIZED) return code ? code : MPI_ERR_OTHER;
  MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
  MPI_Comm host;
  if ((code = MPI_Comm_rank(MPI_COMM_WORLD, rank)) || (code = MPI_Comm_size(MPI_COMM_WORLD, count)) ||
      (code = MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &host)) ||
      (code = MPI_Comm_size(host, count_on_host)))
    return code;
  return MPI_Comm_free(&host);
}

static inline int mpi_finish(void) { return MPI_Finalize(); }
static inline void mpi_end_all(int code) { MPI_Abort(MPI_COMM_WORLD, code); }

static inline mpi_pending *mpi_new_pending(void) { return malloc(sizeof(mpi_pending)); }
static inline void mpi_free(mpi_pending *pending) { free(pending); }

static inline int mpi_gather(
    const void *own, int length, void *all, const int *lengths, const int *starts, mpi_pending *pending) {
  return MPI_Iallgatherv(own, length, MPI_BYTE, all, lengths, starts, MPI_BYTE, MPI_COMM_WORLD, &pending->request);
}

/// `numbers`: by rank, the lengths of what goes there, where it starts, the lengths of what comes from there, where it goes.
static inline int mpi_exchange(const void *outgoing, void *incoming, const int *numbers, int count, mpi_pending *pending) {
  return MPI_Ialltoallv(
      outgoing, numbers, numbers + count, MPI_BYTE, incoming, numbers + 2 * count, numbers + 3 * count, MPI_BYTE,
      MPI_COMM_WORLD, &pending->request);
}

static inline int mpi_broadcast(void *bytes, int length, int root, mpi_pending *pending) {
  return MPI_Ibcast(bytes, length, MPI_BYTE, root, MPI_COMM_WORLD, &pending->request);
}

static inline int mpi_send(const void *bytes, int length, int rank, mpi_pending *pending) {
  return MPI_Isend(bytes, length, MPI_BYTE, rank, 1, MPI_COMM_WORLD, &pending->request);
}

static inline int mpi_is_done(mpi_pending *pending, int *done) {
  return MPI_Test(&pending->request, done, MPI_STATUS_IGNORE);
}

/// Whether a message has come, from whom, and of how many bytes.
static inline int mpi_look(int *found, int *rank, int *length) {
  MPI_Status status;
  int code = MPI_Iprobe(MPI_ANY_SOURCE, 1, MPI_COMM_WORLD, found, &status);
  if (code || !*found) return code;
  *rank = status.MPI_SOURCE;
  return MPI_Get_count(&status, MPI_BYTE, length);
}

static inline int mpi_take(void *bytes, int length, int rank) {
  return MPI_Recv(bytes, length, MPI_BYTE, rank, 1, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
}
