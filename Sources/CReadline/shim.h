// GNU readline for Swift: its functions as they are, its global variables behind functions, because Swift 6 refuses
// to touch a C global from code that it cannot prove to run on one thread.
#include <langinfo.h>
#include <locale.h>
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
  rl_catch_sigwinch = 0;
  rl_attempted_completion_function = attempt;
  rl_completion_display_matches_hook = display;
  rl_completer_word_break_characters = " \t\n";
  rl_completer_quote_characters = "";
  rl_filename_quote_characters = "";
  rl_variable_bind("enable-bracketed-paste", "on");
  rl_variable_bind("show-all-if-ambiguous", "on");
  rl_variable_bind("bell-style", "none");
  using_history();
}

/// Begins, with characters of UTF-8 also where the user's locale has none: programs and books are UTF-8.
static inline void readline_begin(void) {
  setlocale(LC_CTYPE, "");
  if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0 && setlocale(LC_CTYPE, "C.UTF-8")) {
    // Readline takes its locale from the environment anew before every line.
    setenv(getenv("LC_ALL") ? "LC_ALL" : "LC_CTYPE", "C.UTF-8", 1);
  }
  rl_initialize();
  // Asked for a character to go to and given a key of several, readline overwrites its own stack.
  rl_unbind_function_in_map(rl_char_search, emacs_standard_keymap);
  rl_unbind_function_in_map(rl_backward_char_search, emacs_meta_keymap);
}

/// Binds a key in the map of emacs mode and in those of vi mode.
static inline void readline_bind(const char *keys, rl_command_func_t *function) {
  rl_bind_keyseq_in_map(keys, function, emacs_standard_keymap);
  rl_bind_keyseq_in_map(keys, function, vi_insertion_keymap);
}

/// The keys of an editor of several lines, which draws itself.
static inline void readline_edit_several_lines(
    rl_voidfunc_t *draw, rl_command_func_t *enter, rl_command_func_t *new_line, rl_command_func_t *up,
    rl_command_func_t *down, rl_command_func_t *start, rl_command_func_t *end, rl_command_func_t *kill_to_end,
    rl_command_func_t *kill_to_start, rl_command_func_t *end_or_delete, rl_command_func_t *clear,
    rl_command_func_t *close, rl_command_func_t *elsewhere, rl_command_func_t *input_start,
    rl_command_func_t *input_end) {
  rl_redisplay_function = draw;
  rl_variable_bind("bind-tty-special-chars", "off");  // Else Ctrl-U takes the whole input.
  const char *enters[] = {"\\C-m", "\\C-j"};
  const char *new_lines[] = {"\\e\\C-m", "\\e\\C-j"};
  for (int index = 0; index < 2; index++) {
    readline_bind(enters[index], enter);
    rl_bind_keyseq_in_map(enters[index], enter, vi_movement_keymap);
    // In vi mode Escape leaves the insertion.
    rl_bind_keyseq_in_map(new_lines[index], new_line, emacs_standard_keymap);
  }
  readline_bind("\\e[A", up);
  readline_bind("\\eOA", up);
  readline_bind("\\C-p", up);
  readline_bind("\\e[B", down);
  readline_bind("\\eOB", down);
  readline_bind("\\C-n", down);
  const char *starts[] = {"\\C-a", "\\e[H", "\\eOH", "\\e[1~"};
  const char *ends[] = {"\\C-e", "\\e[F", "\\eOF", "\\e[4~"};
  for (int index = 0; index < 4; index++) {
    readline_bind(starts[index], start);
    readline_bind(ends[index], end);
  }
  readline_bind("\\C-k", kill_to_end);
  readline_bind("\\C-u", kill_to_start);
  readline_bind("\\C-d", end_or_delete);
  readline_bind("\\C-l", clear);
  readline_bind(")", close);
  readline_bind("]", close);
  readline_bind("}", close);
  readline_bind("\\C-x\\C-e", elsewhere);
  // Readline's own ways through its history share lists of changes, and free some twice.
  rl_bind_keyseq_in_map("\\e<", input_start, emacs_standard_keymap);
  rl_bind_keyseq_in_map("\\e>", input_end, emacs_standard_keymap);
  rl_bind_keyseq_in_map("\\ep", up, emacs_standard_keymap);
  rl_bind_keyseq_in_map("\\en", down, emacs_standard_keymap);
  rl_bind_keyseq_in_map("\\C-o", new_line, emacs_standard_keymap);
  // Readline gives up marked pastes when it finds at its start that it does not draw itself.
  readline_begin();
  rl_variable_bind("enable-bracketed-paste", "on");
}

/// Keys come through a function.
static inline void readline_read_keys_by(rl_getc_func_t *function) { rl_getc_function = function; }
static inline int readline_is_searching(void) { return RL_ISSTATE(RL_STATE_ISEARCH) != 0; }
/// Sends what readline itself has written: the switches of the terminal's modes.
static inline void readline_flush(void) { fflush(rl_outstream); }
static inline const char *readline_buffer(void) { return rl_line_buffer; }
static inline int readline_end(void) { return rl_end; }
static inline int readline_point(void) { return rl_point < rl_end ? rl_point : rl_end; }
static inline void readline_set_point(int point) { rl_point = point; }
/// The prompt of now: also that of a search.
static inline const char *readline_prompt(void) { return rl_display_prompt; }
static inline int readline_last_was(rl_command_func_t *function) { return rl_last_func == function; }

/// Lets go of the lists of changes, for undoing, of the line, the saved line and the entries of the history. Readline
/// shares them between these, and frees some twice when a line does not end in its own way; a line's list is small.
static inline void readline_forget_changes(void) {
  for (HIST_ENTRY **entry = history_list(); entry && *entry; entry++) (*entry)->data = NULL;
  char *typed = rl_copy_text(0, rl_end);
  int point = rl_point;
  rl_maybe_unsave_line();
  rl_undo_list = NULL;
  rl_replace_line(typed, 0);
  rl_point = point < rl_end ? point : rl_end;
  free(typed);
}

/// Ends the reading with what is typed, without drawing anything.
static inline void readline_accept(void) {
  readline_forget_changes();
  rl_done = 1;
  rl_eof_found = 0;  // A search that found nothing leaves it set, and a line would be ended twice.
  RL_SETSTATE(RL_STATE_DONE);
}

/// The matches of this attempt are all there is: readline adds neither file names nor a space.
static inline void readline_keep_matches_as_they_are(void) {
  rl_attempted_completion_over = 1;
  rl_completion_suppress_append = 1;
  rl_completion_append_character = '\0';
}

extern void _rl_keyseq_chain_dispose(void);
/// Ends any search, numeric argument or half-typed sequence of keys under way.
static inline void readline_leave_modes(void) {
  rl_callback_sigcleanup();
  _rl_keyseq_chain_dispose();  // Readline forgets that it was in a sequence, but would go on with it.
  readline_forget_changes();
  rl_free_line_state();
}

/// Drops what is typed.
static inline void readline_drop_line(void) { rl_replace_line("", 1); }
