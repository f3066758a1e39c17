// GNU readline for Swift: its functions as they are, its global variables behind functions, because Swift 6 refuses
// to touch a C global from code that it cannot prove to run on one thread.
#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <readline/readline.h>
#include <readline/history.h>

/// Settings that must stand before the first prompt. `to_stderr` draws the prompt on standard error.
static inline void readline_set_up(
    const char *name, int to_stderr, rl_completion_func_t *attempt, rl_compdisp_func_t *display) {
  rl_readline_name = name;
  rl_instream = stdin;
  rl_outstream = to_stderr ? stderr : stdout;
  rl_catch_signals = 0;  // Signals arrive through the program's own pipe.
  rl_catch_sigwinch = 1;
  rl_attempted_completion_function = attempt;
  rl_completion_display_matches_hook = display;
  rl_completer_word_break_characters = " \t\n";
  rl_completer_quote_characters = "";
  rl_filename_quote_characters = "";
  // Before the user's own inputrc is read, which may bind these keys otherwise.
  rl_bind_keyseq("\\e[A", rl_history_search_backward);
  rl_bind_keyseq("\\e[B", rl_history_search_forward);
  rl_bind_keyseq("\\eOA", rl_history_search_backward);
  rl_bind_keyseq("\\eOB", rl_history_search_forward);
  rl_variable_bind("enable-bracketed-paste", "on");
  rl_variable_bind("show-all-if-ambiguous", "on");
  rl_variable_bind("bell-style", "none");
  using_history();
}

static inline const char *readline_buffer(void) { return rl_line_buffer; }
static inline int readline_point(void) { return rl_point; }

/// The matches of this attempt are all there is: readline adds neither file names nor a space.
static inline void readline_keep_matches_as_they_are(void) {
  rl_attempted_completion_over = 1;
  rl_completion_suppress_append = 1;
  rl_completion_append_character = '\0';
}

/// Throws the typed line away, with any search or numeric argument under way, and goes to a fresh line.
static inline void readline_discard_line(void) {
  rl_callback_sigcleanup();
  rl_free_line_state();
  rl_point = rl_end;
  rl_redisplay();
  fputs("^C\n", rl_outstream);
  fflush(rl_outstream);
  rl_replace_line("", 1);
}
