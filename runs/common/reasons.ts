/** Reasons of failed file operations, by Node's error codes, for messages. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: "no permission",
  EPERM: "no permission",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the quota of the disk is used up",
  EFBIG: "the file would be larger than it may be",
  EISDIR: "it is a folder",
  ENOTDIR: "part of the path is a file, and must be a folder",
  EEXIST: "it is there already",
  ENAMETOOLONG: "the name is too long",
};

/** The reason of a failed file operation in words; `missing` says what ENOENT means here. */
export function reasonOf(error: unknown, missing: string): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return code === "ENOENT" ? missing : (reasons[code] ?? message);
}
