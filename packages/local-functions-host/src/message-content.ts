/** The sections of a data body, or the text of an AMQP value. */
export type MessageContent = readonly Buffer[] | string;
