// The program's start, where it is installed in several builds: becomes the one for the best that this processor has.
//
// Compiled for any x86-64 processor, so that it can say what an older one lacks. Build a cnp for one machine and none of this is
// needed.
#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Names as compilers know them, the best first.
static const char *const builds[] = {"x86-64-v4", "x86-64-v3"};

static int runs_here(int build) {
  return build == 0 ? __builtin_cpu_supports("x86-64-v4") : __builtin_cpu_supports("x86-64-v3");
}

// The exit code of a program that cannot run here.
static int refuse(const char *message) {
  fprintf(stderr, "cnp: %s\n", message);
  return 3;
}

int main(int count, char **arguments) {
  (void)count;
  __builtin_cpu_init();
  const char *forced = getenv("CNP_BUILD");
  const int all = sizeof builds / sizeof builds[0];
  int chosen = 0;
  if (forced && *forced) {
    while (chosen < all && strcmp(forced, builds[chosen])) chosen++;
    if (chosen == all) return refuse("CNP_BUILD names no build; there are x86-64-v3 and x86-64-v4");
    if (!runs_here(chosen)) return refuse("CNP_BUILD asks for a build that this processor cannot run");
  } else {
    while (chosen < all && !runs_here(chosen)) chosen++;
    if (chosen == all)
      return refuse(
          "this processor lacks what every build needs, AVX2 and FMA (x86-64-v3: Intel since 2013, AMD since 2015)");
  }
  // Beside the folder that this lies in: bin/cnp, lib/cnp/cnp-x86-64-v3.
  char here[PATH_MAX], path[PATH_MAX];
  ssize_t length = readlink("/proc/self/exe", here, sizeof here - 1);
  if (length < 0) return refuse("/proc is not mounted, so the program cannot find its parts");
  here[length] = 0;
  int written = snprintf(path, sizeof path, "%s/../lib/cnp/cnp-%s", dirname(here), builds[chosen]);
  if (written < 0 || written >= (int)sizeof path) return refuse("it is installed below too long a path");
  execv(path, arguments);
  fprintf(stderr, "cnp: %s: %s\n", path, strerror(errno));
  return 3;
}
