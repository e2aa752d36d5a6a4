export async function checkPage() {}
