/** A page that the interoperability profile asks for must be given whole (its §6.4). Unit: resources. */
export const LEAST_PAGE = 100;
