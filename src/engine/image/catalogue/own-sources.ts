// What the images of our own are made of: their programs, and the Dockerfile that makes the same image elsewhere.

export interface OwnSource {
  /** By name, as they lie beside the Dockerfile; what begins with `#!` is executable. */
  readonly files: Readonly<Record<string, string>>;
  readonly dockerfile: string;
}

/** Writes to /data, which is a VOLUME. */
export const NOTES = {
  files: {
    add: `#!/bin/sh
# add TEXT: append a note
[ $# -gt 0 ] || { echo 'usage: add TEXT' >&2; exit 2; }
echo "$*" >> "$NOTES_FILE"
`,
    list: `#!/bin/sh
# list: print the notes
cat "$NOTES_FILE"
`,
    notes: `#!/bin/sh
# Keeps one note a line in $NOTES_FILE. Each start leaves a line too.
echo "-- started $(date -u '+%Y-%m-%d %H:%M:%S')" >> "$NOTES_FILE" || exit 1
echo "notes: keeping notes in $NOTES_FILE"
trap 'echo "notes: bye"; exit 0' TERM INT
while :; do sleep 3600 & wait $!; done
`,
    // In the simulation this is SQLite's shell; what busybox at home could be given is only where to find it.
    sqlite3: `#!/bin/sh
echo 'sqlite3: this image has it in Stowage only; keinos/sqlite3 on the same volume has it everywhere' >&2
exit 127
`,
  },
  dockerfile: `FROM busybox
ENV NOTES_FILE=/data/notes.txt
COPY notes add list sqlite3 /usr/local/bin/
VOLUME /data
CMD ["notes"]
`,
} satisfies OwnSource;

/** Counts its starts in /app/data and stays up. */
export const MYAPP = {
  files: {
    myapp: `#!/bin/sh
n=$(cat /app/data/starts 2>/dev/null || echo 0)
n=$((n+1))
echo $n > /app/data/starts
echo "myapp: start number $n"
trap "echo myapp: bye; exit 0" TERM
while :; do sleep 1 & wait $!; done
`,
    README: 'shipped with the image\n',
  },
  dockerfile: `FROM busybox
COPY myapp /app/myapp
COPY README /app/data/README
WORKDIR /app
CMD ["/app/myapp"]
`,
} satisfies OwnSource;
