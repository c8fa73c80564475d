import type { Vendor } from "#domain/source.ts";
import type { VendorAdapter, Vendors } from "#ports/vendor.ts";

/** Each adapter is loaded with the first of its deliveries: most deployments have one or two. */
const LOADERS: Record<Vendor, () => Promise<VendorAdapter>> = {
  square: async () => (await import("./square.ts")).square,
  shopify: async () => (await import("./shopify.ts")).shopify,
  stripe: async () => (await import("./stripe.ts")).stripe,
  woocommerce: async () => (await import("./woocommerce.ts")).woocommerce,
  toast: async () => (await import("./toast.ts")).toast,
  youzan: async () => (await import("./youzan.ts")).youzan,
};

export const vendors: Vendors = (vendor) => LOADERS[vendor]();
