/** A page that the interoperability profile asks for must be given whole (its §6.4). Unit: resources. */
export const LEAST_PAGE = 100;

/** As many users as a page holds at most where the account lifecycle profile is kept to. Unit: resources. */
export const LARGEST_PAGE = 1000;
