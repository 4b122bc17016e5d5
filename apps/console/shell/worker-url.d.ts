/** The address of a script that Vite has built to run as a worker. */
declare module "*?worker&url" {
  const url: string;
  export default url;
}
