// The two dialects of one interpreter.

export type DialectName = 'bash' | 'ash';
