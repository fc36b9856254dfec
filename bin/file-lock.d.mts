export function withFileLock<T>(path: string, act: () => Promise<T>, onWait: () => void): Promise<T>;
