// What glibc declares under _GNU_SOURCE only, which Swift's own map of it does not set.
#pragma once

/// `O_PATH`: a folder opened to reach what is in it, where listing it is not allowed.
extern const int files_open_to_reach;

/// Gives `name` in an open folder the name `other`: only if nothing has it.
int files_rename_to_free(int folder, const char *name, const char *other);

/// Lets two names in an open folder change places.
int files_exchange(int folder, const char *name, const char *other);

/// Gives memory that is free within the process back to the system.
void memory_give_back(void);

/// Whether another file system begins at a path; a link is not followed.
int files_is_mount_point(const char *path);
