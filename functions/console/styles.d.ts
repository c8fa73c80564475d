/** Style sheets are the bundler's: an import only says that they belong to the page. */
declare module "*.css";
