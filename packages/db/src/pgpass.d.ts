declare module 'pgpass' {
  export default function pgpass(
    connection: { host: string; port: number; database: string; user: string },
    heard: (password: string | undefined) => void,
  ): void;
}
