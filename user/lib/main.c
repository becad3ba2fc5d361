/* For programs whose processes all start somewhere else (start.h). */
int main(void)
{
	return 0;
}
