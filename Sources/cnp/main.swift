import Glibc
import Terminal
import Vocabulary

exit(runREPL(registry: standardRegistry(), seed: 0, version: "0.1.0", threads: sysconf(Int32(_SC_NPROCESSORS_ONLN))))
