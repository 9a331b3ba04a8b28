/* What the builder writes down of the folder. */
export const EDITION: string;
export const VERSION: string;
export const POLICY: string;
/** Each file by its name: SHA-256 and bytes. */
export const FILES: Record<string, [string, number]>;
